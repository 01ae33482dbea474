// Files of other platforms. Input: a byte (format and options); the file.
#include <algorithm>
#include <memory>
#include <sstream>

#include "tests/fuzz/comment_text.h"
#include "tools/import/formats.h"
#include "tools/import/xml_bytes.h"

namespace winnow::fuzz {
namespace {

Input input_of(std::string_view bytes) {
  return {std::make_unique<std::istringstream>(std::string(bytes)), "file"};
}

void try_format(const ImportFormat& format, const ImportOptions& options, std::string_view bytes) {
  Input input = input_of(bytes);
  std::size_t comments = 0;
  const Result<void> read = format.read(input, options, [&](const ImportedComment& one) -> Result<void> {
    ++comments;
    require_texts(one.comment, kMaxRecordBytes, kMaxRecordBytes);
    require(is_valid_utf8(one.source_id), "an id is valid UTF-8");
    require((one.standing == Standing::kSkipped) == !one.why.empty(), "what is skipped says why");
    return {};
  });
  require(read.ok() || read.error().message.starts_with("file"), "what is wrong names the file");
  require(comments <= bytes.size(), "there are no more comments than characters");
}

// The same in one piece and in many.
void try_pieces(std::string_view bytes) {
  XmlBytes whole, parts;
  std::string mended = whole.mend(bytes);
  mended += whole.end();
  std::string in_parts;
  for (std::size_t at = 0, step = 1; at < bytes.size(); at += step, step = step % 7 + 1)
    in_parts += parts.mend(bytes.substr(at, step));
  in_parts += parts.end();
  require(mended == in_parts, "it does not matter where a file is cut into pieces");
  require(is_valid_utf8(mended), "mended XML is valid UTF-8");
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  fuzz::Parts parts(data, size);
  const unsigned choice = parts.byte();
  ImportOptions options;
  if ((choice & 8) != 0) options.backslash = (choice & 16) != 0;
  if ((choice & 32) != 0) {
    if (auto columns = parse_columns(std::string(parts.line()))) options.map.columns = *columns;
  }
  Input guessed = fuzz::input_of(parts.rest());
  const Result<const ImportFormat*> format = guess_import_format(guessed, options);
  const std::size_t named = choice % 8;
  if (named < import_formats().size())
    fuzz::try_format(import_formats()[named], options, parts.rest());
  else if (format)
    fuzz::try_format(**format, options, parts.rest());
  fuzz::try_pieces(parts.rest());
  return 0;
}
