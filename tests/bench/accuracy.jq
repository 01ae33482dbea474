# What tools/bench accuracy makes of the figures that `winnow evaluate --json` prints.

# How each figure of accuracy.goals.json is called, written, and which way is better.
def kinds: {
  recall: {name: "recall", unit: "percent", more_is_better: true},
  recall_at_1: {name: "recall at 1 %", unit: "percent", more_is_better: true},
  ham_blocked: {name: "ham blocked", unit: "percent", more_is_better: false},
  ham_blocked_count: {name: "ham blocked", unit: "count", more_is_better: false},
  ece: {name: "ECE", unit: "fraction", more_is_better: false}
};

# Figures of one set, named as in `kinds`; `name` is the set's.
def set_figures($name): {
  set: $name, spam, ham, recall, ham_blocked, ham_blocked_count: .fp, recall_at_1: .recall_at_fpr["0.01"],
  roc_auc, mcc, brier, ece, model
};

# `reached` is null where the set has no such figure.
def with_goals($goals): . as $set | .goals = [
  $goals[] | select(.set == $set.set) | del(.set) | .now = $set[.figure] |
  .reached = (if .now == null then null elif kinds[.figure].more_is_better then .now >= .reach else .now <= .reach end)
];

# [{video, seed, mcc}] to the means; a seed's own figure is its mean over the videos.
def mean: add / length;
def tubespam_figures: . as $runs | {
  videos: (reduce $runs[] as $run ({}; .[$run.video] += [$run.mcc]) | to_entries |
    map({video: .key, mcc: (.value | mean), lowest: (.value | min), highest: (.value | max)})),
  seeds: (group_by(.seed) | map({seed: .[0].seed, mcc: (map(.mcc) | mean)}))
} | (.seeds | map(.mcc)) as $means | . + {
  mcc: ($means | mean), lowest: ($means | min), highest: ($means | max),
  standard_deviation: ($means | mean as $mean | map(. - $mean | . * .) | if length < 2 then 0 else add / (length - 1) | sqrt end)
};

# 0.5 with 3 places: "0.500"
def fixed($places): (. * pow(10; $places) | round | tostring) as $digits |
  if $places == 0 then $digits else
    ("0" * ([0, $places + 1 - ($digits | length)] | max) // "") + $digits | .[:-$places] + "." + .[-$places:]
  end;
def percent: if . == null then "-" else . * 100 | fixed(2) + " %" end;
def fraction: if . == null then "-" else fixed(3) end;
def written($unit): if . == null then "-" elif $unit == "percent" then percent elif $unit == "fraction" then fraction else tostring end;
def row: "| " + join(" | ") + " |";

def goal_cells: kinds[.figure] as $kind | [
  $kind.name, (.naive | written($kind.unit)),
  (if $kind.more_is_better then "at least " else "at most " end) + (.reach | written($kind.unit)),
  (.now | written($kind.unit)),
  (if .reached == null then "not measured" elif .reached then "reached" else "missed" end)
];
# A line a set, and one more for each further goal.
def set_rows:
  [.set, "\(.spam) / \(.ham)", (.recall | percent), (.ham_blocked | percent), (.recall_at_1 | percent), (.roc_auc | fraction)] as $figures |
  if .goals == [] then $figures + ["", "", "", "", ""] | row
  else .goals | to_entries[] | (if .key == 0 then $figures else ["", "", "", "", "", ""] end) + (.value | goal_cells) | row end;

def tubespam_markdown:
  "", "| TubeSpam | mean MCC | lowest seed | highest seed |", "|---|---|---|---|",
  (.videos[] | [.video, (.mcc | fraction), (.lowest | fraction), (.highest | fraction)] | row),
  (["mean over videos", (.mcc | fraction), (.lowest | fraction), (.highest | fraction)] | row),
  "", "\(.seeds | length) seeds, standard deviation of the mean over videos \(.standard_deviation | fixed(4)); trained with `\(.options)`";

def markdown:
  "| set | spam / ham | recall | ham blocked | recall at 1 % | ROC area | goal | naive | to reach | now | |",
  "|---|---|---|---|---|---|---|---|---|---|---|",
  (.sets[] | set_rows),
  "", "model \(.model): \(.reached) of \(.goals) goals reached",
  (.tubespam // empty | tubespam_markdown);
