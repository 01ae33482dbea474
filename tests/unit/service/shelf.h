// A shelf in a temporary directory: small models, and a link to the first of them.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "classifier/model.h"
#include "tests/unit/service/installation.h"

namespace winnow {

inline void write_text(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
}

struct Shelf {
  Shelf() {
    add("one");
    std::filesystem::create_directory_symlink("one", link());
  }

  std::filesystem::path link() const { return directory.path() / "current"; }
  std::filesystem::path dir(const std::string& id) const { return directory.path() / id; }

  // A model that gives every comment these points.
  void add(const std::string& id, double prior = -3) const {
    const std::string text = TextModel({}, {}, {}, 0).serialize();
    const Json manifest = {{"format", 2},
                           {"id", id},
                           {"files", {{"text.model", {{"sha256", sha256_hex(text)}}}}},
                           {"weights",
                            {{"prior", prior},
                             {"text", 0},
                             {"text_unfamiliar", 0},
                             {"text_length", 0},
                             {"rules", Json::object()}}},
                           {"thresholds", {{"unsure", 0.5}, {"spam", 0.8}, {"discard", 0.9999}}}};
    std::filesystem::create_directory(dir(id));
    write_text(dir(id) / "text.model", text);
    write_text(dir(id) / "manifest.json", to_text(manifest));
  }
  void damage(const std::string& id) const {
    std::ofstream(dir(id) / "text.model", std::ios::binary | std::ios::app) << "x";
  }

  TemporaryDirectory directory;
};

}  // namespace winnow
