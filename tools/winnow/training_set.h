// The training set of an installation: the reports that count, as rows.
#pragma once

#include <cstdint>
#include <functional>

#include "classifier/json.h"
#include "service/store/store.h"

namespace winnow::cli {

// Calls `visit` for every report that counts, in order of arrival, of one site or (0) of all: neither a test
// nor withdrawn, nor contradicted by a later one of the same site on the same comment: on the same verdict,
// or on the same text by the same author, e-mail and network address. `step` is told how far in the log it
// is, which is gone through twice; an Error of either ends it. Reports that arrive meanwhile are not among
// them. Memory: some 100 bytes a report.
Result<void> for_each_report_that_counts(
    Store& store, SiteId only, const std::function<Result<void>(const Site&, const FeedbackEvent&)>& visit,
    const std::function<Result<void>(std::uint64_t)>& step);

// {id, source, label, lang, the fields of the comment, provenance: {origin, reporter, key, at, verdict_id,
// label}}: read by read_dataset() (tools/training/dataset.h) and read_jsonl() (tools/import/jsonl.h). `label`
// may be changed by hand; that of the provenance tells what was reported.
Json training_row(const Site& site, const FeedbackEvent& event);

}  // namespace winnow::cli
