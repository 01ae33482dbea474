require 'akismet'

def comment(kind)
  [ENV["#{kind}_IP"], ENV['AGENT'],
   {type: 'comment', author: ENV["#{kind}_AUTHOR"], author_email: ENV["#{kind}_EMAIL"], author_url: ENV["#{kind}_URL"],
    text: ENV["#{kind}_CONTENT"], referrer: ENV['SITE'], post_url: ENV['PERMALINK'], created_at: DateTime.now,
    env: {'HTTP_ACCEPT_LANGUAGE' => 'en', 'REQUEST_METHOD' => 'POST'}}]
end

def expect(what, found, wanted)
  abort "#{what}: #{found.inspect}, expected #{wanted.inspect}" if found != wanted
end

def error_of
  yield
  nil
rescue Akismet::Error => error
  error.message
end

right = Akismet::Client.new(ENV['KEY'], ENV['SITE'], app_name: 'winnow-test', app_version: '1')
wrong = Akismet::Client.new(ENV['WRONG_KEY'], ENV['SITE'])
expect 'verify_key of the right key', right.verify_key, true
expect 'verify_key of a wrong key', wrong.verify_key, false
expect 'check with a wrong key', error_of { wrong.check(*comment('HAM')) }, 'Invalid key'

# One kept-alive connection for all of these.
right.open do
  expect 'spam?', right.spam?(*comment('SPAM')), true
  expect 'check of ham', right.check(*comment('HAM')), [false, false]
  discard = comment('HAM').tap { |_, _, params| params.update(test: true, test_discard: true) }
  expect 'check with test_discard', right.check(*discard), [true, true]
  right.ham(*comment('SPAM'))
  right.spam(*comment('HAM'))
end
