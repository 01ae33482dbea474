# Every library that winnow stands on, all from Debian (tools/packages.txt). IMPORTED targets are SYSTEM: their headers raise no warnings of ours.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL REQUIRED COMPONENTS Crypto SSL)
find_package(SQLite3 REQUIRED)
find_package(EXPAT REQUIRED)
find_package(Boost REQUIRED)  # headers alone: Beast reads HTTP
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(nlohmann_json REQUIRED IMPORTED_TARGET nlohmann_json)
pkg_check_modules(psl REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(fasttext REQUIRED IMPORTED_TARGET fasttext)

find_library(SQLITECPP_LIBRARY SQLiteCpp REQUIRED)

# Parts of the admin pages: libjs-chart.js and libjs-bootstrap5. Both files begin with their licence.
find_file(CHART_JS chart.min.js PATHS /usr/share/javascript/chart.js NO_DEFAULT_PATH REQUIRED)
find_file(BOOTSTRAP_REBOOT_CSS bootstrap-reboot.min.css PATHS /usr/share/javascript/bootstrap5/css NO_DEFAULT_PATH REQUIRED)
