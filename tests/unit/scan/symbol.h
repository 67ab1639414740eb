/* symbol.h: a QR symbol to draw into frames.  */
#pragma once

#include "camera/frame.h"

#include <string.h>

#define SYMBOL_TEXT "AC:BB8QED8WEX0%69 VD92EX0UJCLQE7W581"
#define SYMBOL_SIZE 25
#define SYMBOL_SIDE_PX(scale) (SYMBOL_SIZE * (scale))

/* A QR symbol of version 2-M that says SYMBOL_TEXT. */
static const char *const SYMBOL[SYMBOL_SIZE] = {
  "#######.#......##.#######", "#.....#..##.###...#.....#", "#.###.#.##...####.#.###.#",
  "#.###.#..##..####.#.###.#", "#.###.#..#....#.#.#.###.#", "#.....#.#.##..##..#.....#",
  "#######.#.#.#.#.#.#######", ".........#......#........", "#.#...##.##....#...#..#.#",
  ".#.###...##..#..###..##..", "###.#.##.#..#.....#..#.#.", "###..#..#.##..#.####.#.##",
  "#..#.###.##.#.###.#.#....", ".#.....##.#.##.###.####.#", "###..####...##.###..#.#..",
  "....#.....###.#...##.##..", "##..#.##.#..#.########...", "........##...##.#...##.#.",
  "#######.##.##..##.#.#.###", "#.....#..###.#..#...#...#", "#.###.#....#.#.##########",
  "#.###.#..#..#####..##..#.", "#.###.#.#.#.#.##..##.#.##", "#.....#..#.#...#..##.#..#",
  "#######.#..#.#.#...##.###",
};

static inline Frame *blank (guint width, guint height, guint8 paper)
{
  Frame *frame = frame_new (width, height);

  memset (frame->grey, paper, (gsize) width * height);
  return frame;
}

/* The symbol at @left, @top, without quiet zone; @turn quarter turns. */
static inline void draw (Frame *frame, guint left, guint top, guint scale, guint turn, guint8 dark,
                         guint8 light)
{
  for (guint y = 0; y < SYMBOL_SIZE * scale; y++)
    for (guint x = 0; x < SYMBOL_SIZE * scale; x++) {
      guint u = x / scale, v = y / scale, last = SYMBOL_SIZE - 1;
      guint row = turn == 0 ? v : turn == 1 ? last - u : turn == 2 ? last - v : u;
      guint column = turn == 0 ? u : turn == 1 ? v : turn == 2 ? last - u : last - v;
      frame->grey[(top + y) * frame->width + left + x] = SYMBOL[row][column] == '#' ? dark : light;
    }
}

static inline void add_noise (Frame *frame, GRand *random, gint amplitude)
{
  for (guint i = 0; i < frame->width * frame->height; i++)
    frame->grey[i] = (guint8) CLAMP (
        frame->grey[i] + g_rand_int_range (random, -amplitude, amplitude + 1), 0, 255);
}
