// Site: a memory beside the shipped model, taught and asked as a site's is. For tests of what is learned.
#pragma once

#include <string>
#include <utility>

#include "classifier/engine.h"
#include "classifier/memory/memory.h"
#include "tests/source_dir.h"
#include "tests/unit/service/installation.h"

namespace winnow::learning_test {

inline const Engine& shipped_engine() {
  static const Engine engine = must(Engine::load(source_dir() + "/models/current", ""));
  return engine;
}

class View final : public HistoryView {
 public:
  View(const Memory& memory, std::int64_t site) : memory_(memory), site_(site) {}
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    memory_.judge(site_, features, signals);
  }

 private:
  const Memory& memory_;
  std::int64_t site_;
};

// The memory of one installation, as its site 1 and others use it.
struct Site {
  Memory memory{{}, shipped_engine().model().background};
  std::int64_t seq = 0;

  Verdict judge(const Comment& comment, std::int64_t site = 1) const {
    return shipped_engine().judge(comment, View(memory, site));
  }
  Taught report(const Comment& comment, bool spam, std::int64_t site = 1, const std::string& reporter = "") {
    Lesson lesson;
    lesson.seq = ++seq;
    lesson.site = site;
    lesson.voter = site;
    lesson.reporter = reporter;
    lesson.spam = spam;
    lesson.at = seq * 1000;
    for (const Signal& signal : shipped_engine().judge(comment, NoHistory()).signals)
      lesson.points += signal.points;
    return memory.learn(lesson, Features(comment));
  }
};

}  // namespace winnow::learning_test
