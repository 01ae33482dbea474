use strict;
use warnings;
use Net::Akismet;

sub comment {
    my $kind = shift;
    return (
        USER_IP              => $ENV{"${kind}_IP"},
        COMMENT_USER_AGENT   => $ENV{AGENT},
        REFERRER             => $ENV{SITE},
        PERMALINK            => $ENV{PERMALINK},
        COMMENT_TYPE         => 'comment',
        COMMENT_AUTHOR       => $ENV{"${kind}_AUTHOR"},
        COMMENT_AUTHOR_EMAIL => $ENV{"${kind}_EMAIL"},
        COMMENT_AUTHOR_URL   => $ENV{"${kind}_URL"},
        COMMENT_CONTENT      => $ENV{"${kind}_CONTENT"},
    );
}

sub expect {
    my ($what, $found, $wanted) = @_;
    $found = 'undef' unless defined $found;
    die "$what: $found, expected $wanted\n" if $found ne $wanted;
}

my $akismet;
for my $options ([SERVICE_HOST => 'winnow.example.org'], []) {
    my $wrong = Net::Akismet->new(KEY => $ENV{WRONG_KEY}, URL => $ENV{SITE}, @$options);
    expect('new() with a wrong key', $wrong, 'undef');
    $akismet = Net::Akismet->new(KEY => $ENV{KEY}, URL => $ENV{SITE}, @$options) or die "the key was refused\n";
    expect('check() of spam', $akismet->check(comment('SPAM')), 'true');
    expect('check() of ham', $akismet->check(comment('HAM')), 'false');
}
expect('ham()', $akismet->ham(comment('SPAM')), 1);
expect('spam()', $akismet->spam(comment('HAM')), 1);
