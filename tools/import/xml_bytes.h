// XmlBytes: mends what WordPress writes into its XML and no parser takes.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

// Of XML in UTF-8, given in pieces: ill-formed UTF-8 becomes U+FFFD, characters that XML 1.0 has not become
// blanks, and an ampersand outside of CDATA that begins none of XML's references becomes "&amp;". Line ends
// stay. Thread rule: one thread.
class XmlBytes {
 public:
  // The mended bytes so far, but for a few at the end that the next piece decides about.
  std::string mend(std::string_view piece);
  // What was held back.
  std::string end();

 private:
  std::string mend_held(bool is_last);

  std::string held_;
  bool in_cdata_ = false;
};

}  // namespace winnow
