// Tags of HTML and BBCode, found as a browser would but in linear time whatever is sent: a tag that is not
// closed within 2,048 bytes, or before the next '<' or '[', is text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

struct Tag {
  std::string name;  // lower case, without the slash; "!--" for a comment, "!" for <!...> and <?...>
  std::string_view attributes;  // between the name and the closing bracket
  bool closing = false;         // </name> or [/name]
  std::size_t end = 0;          // position behind the closing bracket
};

// Finds the tags of one text. Ask for rising positions: what was searched for in vain is remembered, which is
// what keeps the whole walk linear. Not for use by several threads at once. The text must outlive it.
class TagReader {
 public:
  explicit TagReader(std::string_view text) : text_(text) {}

  // The HTML tag or comment that opens with the '<' at `pos`. <http://...> and <a@b.c> are none.
  std::optional<Tag> html_at(std::size_t pos);
  // The BBCode tag that opens with the '[' at `pos`: of a known name; [b], [i], [u], [s] only if the text
  // closes it somewhere.
  std::optional<Tag> bbcode_at(std::size_t pos);
  // Position behind </name> after `pos`; npos if it is not closed. For script and style, whose content is no
  // text.
  std::size_t behind_closing(std::string_view name, std::size_t pos);

 private:
  std::optional<Tag> comment_at(std::size_t pos);
  std::size_t next_close(std::size_t pos);
  std::size_t close_of(std::size_t pos);
  bool closes_single_letter(char letter);

  std::string_view text_;
  std::size_t next_gt_ = 0;                 // where the next '>' is, seen from any place before it
  std::size_t ran_out_until_ = 0;           // no closing bracket outside of quotes was found before this
  bool no_comment_end_ = false;             // no "-->" is left
  bool no_script_end_ = false;              // no "</script" is left
  bool no_style_end_ = false;               // no "</style" is left
  std::optional<unsigned> closed_letters_;  // which of [/b] [/i] [/u] [/s] are in the text
};

// The value of the attribute `name` (lower case), quotes removed, nothing decoded.
std::optional<std::string_view> attribute(std::string_view attributes, std::string_view name);

// How much strip_markup() removed or decoded.
struct MarkupCounts {
  int entities = 0;
  int tags = 0;
  int bbcode = 0;
};

// `text` without tags, its entities decoded. Block-level tags and <br> become a blank; comments and the
// content of <script> and <style> are dropped.
std::string strip_markup(std::string_view text, MarkupCounts& counts);

}  // namespace winnow
