// WordpressCsv: a dump of WordPress's table of comments (wp_comments) as separated values, with spam in it:
//
//   SELECT * FROM wp_comments INTO OUTFILE '/tmp/comments.tsv'           no header, the columns of the table
//   mysql --batch --default-character-set=utf8mb4 -e 'SELECT * FROM wp_comments' blog > comments.tsv header
//   phpMyAdmin, Export, CSV                                              with or without header
#pragma once

#include "tools/import/csv.h"
#include "tools/import/imported_comment.h"
#include "tools/import/input.h"

namespace winnow {

// Reads the columns by the names of the first line, if it has the name comment_content; else the file has the
// fifteen columns of the table in their order. Fails as CsvReader does, and with kInvalid where columns are
// missing.
Result<void> read_wordpress_csv(Input& input, const CsvDialect& dialect, const VisitComment& visit);

// True if this first record of a file is the header of such a dump, or a row of the whole table.
bool is_wordpress_header(const CsvRecord& first);
bool is_wordpress_row(const CsvRecord& first);

}  // namespace winnow
