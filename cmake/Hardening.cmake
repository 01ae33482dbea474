# winnow_harden(TARGET): what makes a bug harder to use, in release builds. tests/hardening/run looks for all of it in the programs.
include(CheckCXXCompilerFlag)
check_cxx_compiler_flag(-fcf-protection WINNOW_HAS_CF_PROTECTION)  # x86 alone

function(winnow_harden target)
  if(WINNOW_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    return()
  endif()
  target_compile_options(${target} PRIVATE -fPIE -fstack-protector-strong -fstack-clash-protection -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  if(WINNOW_HAS_CF_PROTECTION)
    target_compile_options(${target} PRIVATE -fcf-protection)
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL EXECUTABLE)
    target_link_options(${target} PRIVATE -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
  endif()
endfunction()
