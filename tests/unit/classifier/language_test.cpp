#include "classifier/language.h"

#include <doctest/doctest.h>

#include "classifier/vocabulary.h"

namespace winnow {
namespace {

std::string_view language(std::string_view folded, int least = 3) {
  return language_of(split_words(folded), least);
}

TEST_CASE("a sentence tells its language by its function words") {
  CHECK(language("this is what i was looking for and it works") == "en");
  CHECK(language("das ist nicht mehr der fall und auch nicht nötig") == "de");
  CHECK(language("isso não funciona para mim mas obrigado") == "pt");
  CHECK(language("esto no funciona pero gracias por todo") == "es");
  CHECK(language("ce n'est pas la même chose pour les autres") == "fr");
  CHECK(language("to jest bardzo dobre ale nie wiem czy jeszcze tak będzie") == "pl");
  CHECK(language("mình không thích cái này và cũng không có thời gian") == "vi");
}

TEST_CASE("too few function words, or those of two languages alike, tell nothing") {
  CHECK(language("") == "");
  CHECK(language("router bridge firmware") == "");
  CHECK(language("thanks for this", 3) == "");
  CHECK(language("na to se ale už tak") == "");   // Czech and Slovak
  CHECK(language("det er en", 1) == "");          // Danish and Norwegian
  CHECK(language("заходите на мой сайт") == "");  // other scripts are told by the script
}

TEST_CASE("a word belongs to each language that lists it once") {
  int languages = 0, words = 0;
  std::string_view last;
  for_each_function_word([&](std::string_view code, std::string_view word) {
    if (code != last) ++languages;
    last = code;
    ++words;
    CHECK(code.size() == 2);
    CHECK_FALSE(word.empty());
  });
  CHECK(languages >= 19);
  CHECK(languages <= 32);  // a bit each
  CHECK(words > 300);
}

}  // namespace
}  // namespace winnow
