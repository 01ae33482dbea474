// The reports that winnowd stored, as retraining reads them.
#pragma once

#include "service/store/store.h"
#include "tools/training/teaching_set.h"

namespace winnow::cli {

// The log of all sites in order of arrival, without tests and what was withdrawn. `store` must outlive the
// source.
ReportSource reports_of(Store& store);

}  // namespace winnow::cli
