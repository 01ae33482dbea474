// Comment: every field that a platform may send about one comment. All text is valid UTF-8 without NUL bytes:
// whoever fills a Comment passes foreign bytes through to_valid_utf8() (classifier/unicode.h) first.
// A field that was not sent is empty; winnow makes no difference between absent and empty.
#pragma once

#include <string>
#include <vector>

namespace winnow {

struct Comment {
  // What the visitor wrote.
  std::string content;  // as stored by the platform: plain text, HTML, Markdown or BBCode
  std::string author;   // display name
  std::string author_email;
  std::string author_url;  // the "website" field
  // Where and how it was written.
  std::string blog;                  // home URL of the site
  std::string permalink;             // page that is commented on
  std::string post_title;            // title of that page
  std::vector<std::string> context;  // tags and categories of that page
  std::string type;        // comment, reply, forum-post, contact-form, signup, trackback, pingback, ...
  std::string user_ip;     // text as sent: IPv4, IPv6 or nonsense
  std::string user_agent;  // of the visitor's browser
  std::string referrer;
  std::string blog_lang;  // "en" or "en, fr_ca" or "en_US"
  std::string user_role;  // role on the platform, comma list: "administrator,editor"
  std::string honeypot;   // value of the form's hidden field; a person leaves it empty
  std::string date_gmt;   // when it was written, ISO 8601 as sent
  std::string post_modified_gmt;
  std::string recheck_reason;  // why an earlier check is repeated: edit, retry, recheck_queue
  // What the form and the way here tell, beside the text. Rules read these exact values and pass over others.
  std::string javascript;       // "ran" or "absent": whether the form's script ran in the visitor's browser
  std::string form_token;       // "passed" or "failed": the token that the page put into its form
  std::string form_seconds;     // whole seconds between the form's being ready and its being sent
  std::string accept_language;  // the browser's header of that name; "none" if it sent none
  std::string parent;           // id of the comment that this one answers; "0" is none
  std::string pings_closed;     // "1": a pingback to a page that takes none
  std::string multicall_count;  // how many calls came in the XML-RPC request of this pingback
  std::string author_total;     // how much the author's account has posted before
  // author_email and user_ip are pseudonyms (classifier/pseudonym.h) or empty: set by winnow alone, when it
  // stores a comment. No client can send it.
  bool concealed = false;
};

}  // namespace winnow
