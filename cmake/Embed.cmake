# winnow_embed(TARGET NAME FILE...): makes the texts of FILEs part of TARGET, as
#   const std::vector<std::pair<std::string_view, std::string_view>>& winnow::embedded::NAME();   // file stem, text
# A changed file is embedded anew at the next build.
function(winnow_embed target name)
  set(out ${CMAKE_BINARY_DIR}/embedded/${name}.cpp)
  set(code "#include <string_view>\n#include <utility>\n#include <vector>\nnamespace winnow::embedded {\n")
  string(APPEND code "const std::vector<std::pair<std::string_view, std::string_view>>& ${name}();\n")
  string(APPEND code "const std::vector<std::pair<std::string_view, std::string_view>>& ${name}() {\n  static const std::vector<std::pair<std::string_view, std::string_view>> files = {\n")
  foreach(file IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    cmake_path(GET file STEM stem)
    file(READ ${file} text)
    string(APPEND code "    {\"${stem}\", R\"~~~(${text})~~~\"},\n")
  endforeach()
  string(APPEND code "  };\n  return files;\n}\n}  // namespace winnow::embedded\n")
  file(CONFIGURE OUTPUT ${out} CONTENT "@code@" @ONLY)
  target_sources(${target} PRIVATE ${out})
endfunction()
