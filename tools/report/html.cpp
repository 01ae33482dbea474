#include "tools/report/html.h"

#include <utility>

#include "classifier/unicode.h"

namespace winnow::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// C0 and C1 controls, of which HTML allows but these few.
bool is_control(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x20) return byte != '\t' && byte != '\n' && byte != '\r';
  if (byte == 0x7F) return true;
  return byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
}

std::string attribute(std::string_view name, std::string_view value) {
  if (value.empty()) return "";
  return std::string(" ").append(name).append("=\"").append(value).append("\"");
}

}  // namespace

std::string escaped(std::string_view text) {
  const std::string valid = to_valid_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    switch (valid[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (!is_control(valid, i)) {
          out += valid[i];
        } else {
          out += kReplacement;
          if (static_cast<unsigned char>(valid[i]) == 0xC2) ++i;
        }
    }
  }
  return out;
}

std::string foreign(std::string_view text, std::size_t most_bytes) {
  const std::string valid = to_valid_utf8(text);
  const std::string_view cut = clip_utf8(valid, most_bytes);
  return "<bdi>" + escaped(cut) + (cut.size() < valid.size() ? "…" : "") + "</bdi>";
}

Table::Table(std::string_view caption, std::vector<Column> columns, std::string_view kind)
    : caption_(caption), columns_(std::move(columns)), kind_(kind) {}

void Table::add(const std::vector<std::string>& cells, std::string_view kind) {
  rows_ += "<tr" + attribute("class", kind) + ">";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view name = i == 0 ? "th" : "td";
    rows_.append("<").append(name);
    if (i == 0) rows_ += attribute("scope", "row");
    if (columns_[i].is_number) rows_ += attribute("class", "n");
    rows_.append(">").append(cells[i]).append("</").append(name).append(">");
  }
  rows_ += "</tr>\n";
}

std::string Table::html() const {
  std::string out = "<div class=\"scroll" + std::string(kind_.empty() ? "" : " ") + kind_ +
                    "\" role=\"region\" tabindex=\"0\"" + attribute("aria-label", escaped(caption_)) +
                    ">\n<table><caption>" + escaped(caption_) + "</caption><thead><tr>";
  for (const Column& column : columns_) {
    out += "<th scope=\"col\"" + attribute("class", column.is_number ? "n" : "") + ">";
    out += escaped(column.head) + "</th>";
  }
  return out + "</tr></thead><tbody>\n" + rows_ + "</tbody></table></div>\n";
}

}  // namespace winnow::report
