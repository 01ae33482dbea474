#include "tests/bench/bodies.h"

#include <algorithm>
#include <fstream>
#include <random>
#include <stdexcept>

#include "classifier/comment_json.h"

namespace winnow {
namespace {

void add(std::string& body, std::string_view name, std::string_view value) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  if (!body.empty()) body += '&';
  body.append(name).append("=");
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (c == ' ')
      body += '+';
    else if (plain)
      body += c;
    else
      body.append("%").append(1, kDigits[byte >> 4]).append(1, kDigits[byte & 15]);
  }
}

}  // namespace

std::vector<Comment> read_comments(const std::vector<std::string>& files) {
  std::vector<Comment> comments;
  for (const std::string& file : files) {
    std::ifstream in(file);
    if (!in) throw std::runtime_error("there is no file " + file);
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      const Result<Json> json = parse_json(line);
      const Result<Comment> comment = json ? comment_from_json(*json) : json.error();
      if (!comment)
        throw std::runtime_error(file + ":" + std::to_string(number) + ": " + comment.error().message);
      comments.push_back(*comment);
    }
  }
  if (comments.empty()) throw std::runtime_error("there are no comments");
  std::mt19937_64 random(1);
  std::shuffle(comments.begin(), comments.end(), random);
  return comments;
}

std::string form_body(const Comment& comment, const std::string& key) {
  std::string body;
  add(body, "api_key", key);
  add(body, "blog", "http://blog.example");
  add(body, "user_ip", comment.user_ip.empty() ? "203.0.113.7" : comment.user_ip);
  add(body, "user_agent",
      comment.user_agent.empty() ? "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"
                                 : comment.user_agent);
  add(body, "referrer", "http://blog.example/");
  add(body, "permalink", comment.permalink.empty() ? "http://blog.example/a-post/" : comment.permalink);
  add(body, "comment_type", comment.type.empty() ? "comment" : comment.type);
  add(body, "comment_author", comment.author);
  add(body, "comment_author_email", comment.author_email);
  add(body, "comment_author_url", comment.author_url);
  add(body, "comment_content", comment.content);
  add(body, "blog_lang", comment.blog_lang.empty() ? "en_US" : comment.blog_lang);
  add(body, "blog_charset", "UTF-8");
  return body;
}

}  // namespace winnow
