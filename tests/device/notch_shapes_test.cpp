#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "device/parameters.hpp"
#include "device/readout.hpp"
#include "device/track_geometry.hpp"

namespace spinsweep::device {
namespace {

constexpr NotchShape all_shapes[] = {NotchShape::semicircle, NotchShape::triangle, NotchShape::rectangle,
                                     NotchShape::trapezoid, NotchShape::cosine};

DeviceParameters track_of(double length, double width, double cell) {
  DeviceParameters p = kind_of<Synapse>.defaults();
  p.track = {.length = length, .width = width, .thickness = 2e-9, .cell = cell};
  p.notches = {.count = 1, .first = 0.5 * length, .pitch = length};
  return p;
}

/// The mask of a device as rows of text, upper edge first; # is magnetic.
std::vector<std::string> picture(const CommonParameters& p) {
  const auto mesh = make_mesh(p);
  const auto mask = make_mask(p);
  std::vector<std::string> rows;
  for (int j = mesh.ny - 1; j >= 0; --j) {
    std::string& row = rows.emplace_back();
    for (int i = 0; i < mesh.nx; ++i) {
      row += mask[static_cast<std::size_t>(j * mesh.nx + i)] != 0 ? '#' : '.';
    }
  }
  return rows;
}

std::vector<std::string> upside_down(std::vector<std::string> rows) {
  std::ranges::reverse(rows);
  return rows;
}

std::vector<std::string> left_to_right(std::vector<std::string> rows) {
  std::ranges::for_each(rows, [](std::string& row) { std::ranges::reverse(row); });
  return rows;
}

/// Area that the cells of a device fill, m2.
double area(const CommonParameters& p) {
  const auto mask = make_mask(p);
  return static_cast<double>(std::count(mask.begin(), mask.end(), 1)) * p.track.cell * p.track.cell;
}

NotchSide other(NotchSide side) {
  return side == NotchSide::upper ? NotchSide::lower : side == NotchSide::lower ? NotchSide::upper : side;
}

TEST(NotchShapes, HaveTheAreaOfTheirOutline) {
  const double width = 40e-9;
  const double depth = 30e-9;
  DeviceParameters p = track_of(200e-9, 120e-9, 0.25e-9);
  p.notches.width = width;
  p.notches.depth = depth;
  p.notches.side = NotchSide::upper;
  const double share[] = {std::numbers::pi / 4.0, 0.5, 1.0, 0.75, 0.5};
  for (std::size_t k = 0; k < std::size(all_shapes); ++k) {
    p.notches.shape = all_shapes[k];
    EXPECT_NEAR(200e-9 * 120e-9 - area(p), share[k] * width * depth, 3e-3 * width * depth) << k;
    p.notches.depth = -depth;
    EXPECT_NEAR(area(p) - 200e-9 * 120e-9, share[k] * width * depth, 3e-3 * width * depth) << k;
    p.notches.depth = depth;
  }
}

TEST(NotchShapes, AreThoseOfTheirNames) {
  DeviceParameters p = track_of(10, 6, 1);
  p.notches.width = 6;
  p.notches.depth = 3;
  p.notches.side = NotchSide::upper;
  p.notches.shape = NotchShape::triangle;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"###....###", "####..####", "##########", "##########", "##########",
                                                  "##########"}));
  p.notches.shape = NotchShape::rectangle;
  p.notches.side = NotchSide::lower;
  p.notches.depth = 2;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"##########", "##########", "##########", "##########", "##......##",
                                                  "##......##"}));
  p.notches.shape = NotchShape::trapezoid;
  p.notches.side = NotchSide::both;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"##......##", "###....###", "##########", "##########", "###....###",
                                                  "##......##"}));
}

TEST(Bulges, WidenTheMeshByTheRowsThatTheyReach) {
  DeviceParameters p = track_of(10, 4, 1);
  p.notches.width = 4;
  p.notches.depth = -2;
  p.notches.shape = NotchShape::rectangle;
  p.notches.side = NotchSide::upper;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"...####...", "...####...", "##########", "##########", "##########",
                                                  "##########"}));
  p.notches.side = NotchSide::both;
  p.notches.depth = -1.4;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"...####...", "##########", "##########", "##########", "##########",
                                                  "...####..."}));
  p.notches.depth = -0.5;
  EXPECT_EQ(make_mesh(p).ny, 4) << "which has no centre of a cell inside it";
}

TEST(Bulges, OfALongTrackDoNotTouchTheRestOfIt) {
  DeviceParameters p = track_of(300e-9, 60e-9, 3e-9);
  const auto plain = picture([&] {
    auto without = p;
    without.notches.count = 0;
    return without;
  }());
  p.notches.depth = -12e-9;
  const auto rows = picture(p);
  ASSERT_EQ(rows.size(), plain.size() + 8);
  for (std::size_t k = 0; k < plain.size(); ++k) {
    EXPECT_EQ(rows[k + 4], plain[k]);
  }
}

TEST(Masks, OfMirrorSymmetricDevicesAreMirrorSymmetric) {
  for (const NotchShape shape : all_shapes) {
    for (const NotchSide side : {NotchSide::both, NotchSide::upper, NotchSide::lower}) {
      for (const double depth : {-13e-9, -7.3e-9, 5e-9, 11e-9, 12.5e-9}) {
        for (const double width : {20e-9, 25e-9, 33.3e-9}) {
          for (const double place : {100e-9, 117e-9, 148.7e-9}) {
            DeviceParameters p = track_of(300e-9, 60e-9, 5e-9);
            p.notches.shape = shape;
            p.notches.side = side;
            p.notches.depth = depth;
            p.notches.width = width;
            p.notches.first = place;
            p.track.width_end = 47.3e-9;
            DeviceParameters mirrored = p;
            mirrored.notches.side = other(side);
            EXPECT_EQ(picture(mirrored), upside_down(picture(p)));
            p.track.width_end.reset();
            mirrored = p;
            mirrored.notches.first = p.track.length - place;
            EXPECT_EQ(picture(mirrored), left_to_right(picture(p)));
          }
        }
      }
    }
  }
}

TEST(Masks, OfListsAreMirroredWithThem) {
  DeviceParameters p = track_of(300e-9, 60e-9, 3e-9);
  p.notches.list = {{.x = 61e-9, .depth = 12e-9, .width = 31e-9, .shape = NotchShape::cosine, .side = NotchSide::upper},
                    {.x = 100e-9, .depth = -9e-9, .shape = NotchShape::triangle},
                    {.x = 200.3e-9, .depth = 20e-9, .width = 14e-9, .side = NotchSide::lower}};
  DeviceParameters mirrored = p;
  for (ListedNotch& notch : mirrored.notches.list) {
    notch.x = p.track.length - notch.x;
    if (notch.side) {
      notch.side = other(*notch.side);
    }
  }
  EXPECT_EQ(picture(mirrored), upside_down(left_to_right(picture(p))));
}

TEST(Tracks, GoFromOneWidthToAnother) {
  DeviceParameters p = track_of(12, 6, 1);
  p.notches.count = 0;
  p.track.width_end = 2;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"###.........", "#########...", "############", "############",
                                                  "#########...", "###........."}));
  p.track.width_profile = WidthProfile::step;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"######......", "######......", "############", "############",
                                                  "######......", "######......"}));
  p.track.width_step = 2;
  p.track.width_end = 8;
  EXPECT_EQ(picture(p), (std::vector<std::string>{"..##########", "############", "############", "############",
                                                  "############", "############", "############", "..##########"}));
}

TEST(Tracks, OfSwappedWidthsAreMirrorImages) {
  for (const WidthProfile profile : {WidthProfile::linear, WidthProfile::step}) {
    for (const int cells : {4, 7, 10, 13, 20}) {
      DeviceParameters p = track_of(300e-9, 50e-9, 5e-9);
      p.notches.count = 0;
      p.track.width_profile = profile;
      p.track.width_end = cells * 5e-9;
      p.track.width_step = 112.5e-9;
      DeviceParameters mirrored = p;
      mirrored.track.width = *p.track.width_end;
      mirrored.track.width_end = p.track.width;
      mirrored.track.width_step = p.track.length - 112.5e-9;
      if ((cells - 10) % 2 == 0) {
        EXPECT_EQ(picture(mirrored), left_to_right(picture(p))) << cells;
      }
      EXPECT_EQ(picture(p), upside_down(picture(p))) << cells;
    }
  }
}

TEST(Tracks, TellTheWallOfATaperByTheAreaOnItsLeft) {
  DeviceParameters p = track_of(400e-9, 120e-9, 1e-9);
  p.notches.count = 0;
  EXPECT_DOUBLE_EQ(wall_position(p, 0.5), 100e-9);
  p.track.width_end = 40e-9;
  // A trapezium from 120 to 40 nm: left of x lies x (120 - x/10) nm2 of 32000.
  for (const double x : {0.0, 50e-9, 123e-9, 250e-9, 400e-9}) {
    const double share = x * (120e-9 - 0.1 * x) / 32000e-18;
    EXPECT_NEAR(wall_position(p, 1.0 - 2.0 * share), x, 0.6e-9);
    EXPECT_NEAR(wall_position(p, 2.0 * share - 1.0, WallKind::up_down), x, 0.6e-9);
  }
}

TEST(PlacedNotches, AlternateAndGrowFromLeftToRight) {
  DeviceParameters p = track_of(1500e-9, 150e-9, 3e-9);
  p.notches = {.count = 3, .depth = 8e-9, .depth_growth = 1.5, .side = NotchSide::alternating};
  const auto placed = placed_notches(p.track, p.notches);
  ASSERT_EQ(placed.size(), 3U);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(placed[k].depth, 8e-9 * std::pow(1.5, k), 1e-20);
    EXPECT_EQ(placed[k].is_on_upper_edge, k % 2 == 0);
    EXPECT_EQ(placed[k].is_on_lower_edge, k % 2 == 1);
  }
}

TEST(PlacedNotches, OfAListAreInOrderAndTakeWhatItLeavesOpenFromTheOtherKeys) {
  DeviceParameters p = track_of(600e-9, 150e-9, 3e-9);
  p.notches = {.count = 5, .diameter = 24e-9, .shape = NotchShape::triangle, .side = NotchSide::lower};
  p.notches.list = {
      {.x = 400e-9, .depth = 20e-9}, {.x = 100e-9, .side = NotchSide::upper}, {.x = 100e-9, .width = 40e-9}};
  const auto placed = placed_notches(p.track, p.notches);
  ASSERT_EQ(placed.size(), 3U);
  EXPECT_EQ(placed[0].depth, 12e-9);
  EXPECT_EQ(placed[0].width, 24e-9);
  EXPECT_EQ(placed[0].shape, NotchShape::triangle);
  EXPECT_TRUE(placed[0].is_on_upper_edge && !placed[0].is_on_lower_edge);
  EXPECT_TRUE(!placed[1].is_on_upper_edge && placed[1].is_on_lower_edge);
  EXPECT_EQ(placed[2].depth, 20e-9);
  const auto sites = notch_sites(p.track, p.notches);
  ASSERT_EQ(sites.size(), 2U) << "two notches that face each other are one place";
  EXPECT_EQ(sites[0].width, 40e-9);
  EXPECT_EQ(notch_positions(p.track, p.notches), (std::vector<double>{100e-9, 400e-9}));
}

TEST(SmoothEdges, FillCellsWithTheShareThatLiesInside) {
  DeviceParameters p = track_of(200e-9, 100e-9, 4e-9);
  p.track.edge = Edge::smooth;
  for (const NotchShape shape : all_shapes) {
    for (const double sign : {1.0, -1.0}) {
      DeviceParameters fine = p;
      fine.track.cell = 0.25e-9;
      fine.track.edge = Edge::staircase;
      for (DeviceParameters* device : {&p, &fine}) {
        device->notches.shape = shape;
        device->notches.width = 41e-9;
        device->notches.depth = sign * 17e-9;
        device->notches.side = NotchSide::lower;
      }
      double filled = 0.0;
      for (const double share : filled_shares(p)) {
        filled += share * 16e-18;
      }
      EXPECT_NEAR(filled, area(fine), 0.3e-18 * 41.0);
    }
  }
}

TEST(SmoothEdges, ChangeNothingWhereTheEdgeFollowsTheCells) {
  DeviceParameters p = track_of(200e-9, 100e-9, 4e-9);
  p.notches.shape = NotchShape::rectangle;
  p.notches.width = 40e-9;
  p.notches.depth = 20e-9;
  const auto staircase = picture(p);
  p.track.edge = Edge::smooth;
  EXPECT_EQ(picture(p), staircase);
  for (const double share : filled_shares(p)) {
    EXPECT_TRUE(share == 0.0 || share == 1.0);
  }
}

TEST(SmoothEdges, AreMirrorSymmetric) {
  for (const NotchShape shape : all_shapes) {
    DeviceParameters p = track_of(300e-9, 60e-9, 5e-9);
    p.track.edge = Edge::smooth;
    p.notches.shape = shape;
    p.notches.width = 33.3e-9;
    p.notches.depth = 12.5e-9;
    const auto mesh = make_mesh(p);
    p.notches.first = 117e-9;
    const auto shares = filled_shares(p);
    p.notches.first = p.track.length - 117e-9;
    const auto mirrored = filled_shares(p);
    for (int j = 0; j < mesh.ny; ++j) {
      for (int i = 0; i < mesh.nx; ++i) {
        const auto at = [&](int x, int y) { return static_cast<std::size_t>(y * mesh.nx + x); };
        EXPECT_EQ(shares[at(i, j)], mirrored[at(mesh.nx - 1 - i, j)]);
        EXPECT_EQ(shares[at(i, j)], shares[at(i, mesh.ny - 1 - j)]);
      }
    }
  }
}

}  // namespace
}  // namespace spinsweep::device
