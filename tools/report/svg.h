// Chart: one plot as inline SVG, drawn without script. Colours and fonts are the style sheet's, by class
// name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/training/curves.h"

namespace winnow::report {

// How a value becomes a place on an axis. Values beyond the ends are drawn at the ends.
enum class Scale {
  kLinear,
  kRoot,   // square root, for shares of which some are small: low >= 0
  kLog,    // low > 0
  kLogit,  // ln(p / (1 - p)), for scores: 0 < low < high < 1
};

struct Tick {
  double value = 0;
  std::string label;
};

struct Axis {
  std::string label;
  Scale scale = Scale::kLinear;
  double low = 0;
  double high = 1;
  std::vector<Tick> ticks;
};

// Life: made, drawn on, then svg(). Labels are plain text.
class Chart {
 public:
  // `id`: unique on the page. `title` and `description` are read out where the picture is not seen.
  Chart(std::string_view id, std::string_view title, std::string_view description, Axis x, Axis y);

  // Points nearer than a pixel are drawn as one, so a curve's size does not grow with the data.
  void line(const std::vector<Point>& points, std::string_view kind);
  // What holds at a point holds from the last one's x on: up or down first, then level.
  void steps(const std::vector<Point>& points, std::string_view kind);
  void dot(Point at, double radius, std::string_view kind, std::string_view label = "");
  void whisker(double x, double low, double high);
  void bar(double left, double right, double height, std::string_view kind);
  // A dashed line over the whole height, with its name at the top.
  void upright(double x, std::string_view label);

  std::string svg() const;

 private:
  struct Label {
    double x, y, width;
  };
  Point place(Point value) const;
  std::vector<Point> all_placed(const std::vector<Point>& points) const;
  Label give_way(Label label);
  void draw_axes();

  std::string id_, title_, description_;
  Axis x_, y_;
  std::string shapes_;
  std::string names_;          // of dots and uprights, drawn over all shapes
  std::vector<Label> labels_;  // of dots and uprights, which give way to each other
};

}  // namespace winnow::report
