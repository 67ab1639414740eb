#include "export/spreadsheet.h"

#include "core/words.h"

#include <string.h>
#include <xlsxwriter.h>

#define WIDTH_USUAL 18
#define WIDTH_NOTE 60
#define EPOCH_DAY 25569.0 /* 1970-01-01, as Excel counts days */

struct _Spreadsheet {
  lxw_workbook *book;
  lxw_worksheet *page;
  lxw_format *time;
  const TableColumn *columns;
  guint count;
  lxw_row_t row; /* the next */
  GTimeZone *zone;
};

static void write_headings (Spreadsheet *sheet)
{
  lxw_format *bold = workbook_add_format (sheet->book);
  format_set_bold (bold);
  format_set_bottom (bold, LXW_BORDER_THIN);
  for (guint i = 0; i < sheet->count; i++) {
    const TableColumn *column = &sheet->columns[i];
    g_autofree char *heading = table_column_heading (column);
    lxw_col_t number = (lxw_col_t) i;
    worksheet_set_column (sheet->page, number, number,
                          column->width > 0 ? column->width : WIDTH_USUAL, NULL);
    worksheet_write_string (sheet->page, 0, number, heading, bold);
  }
  worksheet_freeze_panes (sheet->page, 1, 0);
}

Spreadsheet *spreadsheet_new (const char *path, const char *title, const TableColumn *columns,
                              guint count, GTimeZone *zone)
{
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };
  lxw_workbook *book = workbook_new_opt (path, &options);
  if (book == NULL)
    return NULL;
  lxw_worksheet *page = workbook_add_worksheet (book, title);
  if (page == NULL) {
    lxw_workbook_free (book);
    return NULL;
  }
  Spreadsheet *sheet = g_new0 (Spreadsheet, 1);
  *sheet = (Spreadsheet){
    .book = book, .page = page, .columns = columns, .count = count, .zone = zone
  };
  sheet->time = workbook_add_format (book);
  format_set_num_format (sheet->time, "yyyy-mm-dd hh:mm:ss");
  write_headings (sheet);
  sheet->row = 1;
  return sheet;
}

/* Excel knows no zones: the time as clocks at the venue say it, in days since 1900. */
static lxw_error write_time (Spreadsheet *sheet, lxw_col_t column, gint64 ms)
{
  if (ms == 0)
    return LXW_NO_ERROR;
  gint64 seconds = ms / 1000;
  gint interval = g_time_zone_find_interval (sheet->zone, G_TIME_TYPE_UNIVERSAL, seconds);
  seconds += interval >= 0 ? g_time_zone_get_offset (sheet->zone, interval) : 0;
  return worksheet_write_number (sheet->page, sheet->row, column,
                                 EPOCH_DAY + (double) seconds / 86400.0, sheet->time);
}

static lxw_error write_text (Spreadsheet *sheet, lxw_col_t column, const char *text)
{
  if (text == NULL || *text == '\0')
    return LXW_NO_ERROR;
  if (strlen (text) <= SPREADSHEET_TEXT_MAX || g_utf8_strlen (text, -1) <= SPREADSHEET_TEXT_MAX)
    return worksheet_write_string (sheet->page, sheet->row, column, text, NULL);
  g_autofree char *cut = g_utf8_substring (text, 0, SPREADSHEET_TEXT_MAX);
  return worksheet_write_string (sheet->page, sheet->row, column, cut, NULL);
}

static lxw_error write_answer (Spreadsheet *sheet, lxw_col_t column, gboolean yes)
{
  g_autofree char *text
      = words_line (words_pair_in ("cell", yes ? NC_ ("cell", "yes") : NC_ ("cell", "no")));
  return write_text (sheet, column, text);
}

static lxw_error write_value (Spreadsheet *sheet, guint column, const TableValue *value)
{
  lxw_col_t number = (lxw_col_t) column;
  switch (sheet->columns[column].kind) {
  case TABLE_NUMBER:
    return worksheet_write_number (sheet->page, sheet->row, number, (double) value->number, NULL);
  case TABLE_TIME:
    return write_time (sheet, number, value->number);
  case TABLE_YES_NO:
    return write_answer (sheet, number, value->number != 0);
  case TABLE_TEXT:
    break;
  }
  return write_text (sheet, number, value->text);
}

gboolean spreadsheet_row (Spreadsheet *sheet, const TableValue *values)
{
  for (guint i = 0; i < sheet->count; i++)
    if (write_value (sheet, i, &values[i]) != LXW_NO_ERROR)
      return FALSE;
  sheet->row++;
  return TRUE;
}

void spreadsheet_notes (Spreadsheet *sheet, const char *const *notes, guint count)
{
  g_autofree char *title = words_line (words_pair_in ("sheet", NC_ ("sheet", "About")));
  lxw_worksheet *page = workbook_add_worksheet (sheet->book, title);
  lxw_format *bold = workbook_add_format (sheet->book), *text = workbook_add_format (sheet->book);
  format_set_bold (bold);
  format_set_align (bold, LXW_ALIGN_VERTICAL_TOP);
  format_set_text_wrap (text);
  worksheet_set_column (page, 0, 0, WIDTH_USUAL + 6, NULL);
  worksheet_set_column (page, 1, 1, WIDTH_NOTE, NULL);
  for (guint i = 0; i + 1 < count; i += 2) {
    worksheet_write_string (page, i / 2, 0, notes[i], bold);
    worksheet_write_string (page, i / 2, 1, notes[i + 1], text);
  }
}

gboolean spreadsheet_close (Spreadsheet *sheet)
{
  worksheet_autofilter (sheet->page, 0, 0, sheet->row > 0 ? sheet->row - 1 : 0,
                        (lxw_col_t) (sheet->count - 1));
  lxw_error failed = workbook_close (sheet->book); /* frees the book in any case */
  g_free (sheet);
  return failed == LXW_NO_ERROR;
}

void spreadsheet_abandon (Spreadsheet *sheet)
{
  if (sheet == NULL)
    return;
  lxw_workbook_free (sheet->book);
  g_free (sheet);
}
