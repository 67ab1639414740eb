/* workbook_maker.h: what the tests of workbooks share: a workbook in memory, of the XML
 * that a test gives. */
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>
#include <string.h>

#define MAKER_BYTES_MAX (4 * 1024 * 1024)

typedef struct {
  const char *name, *text;
} MakerPart;

/* A ZIP of @parts, up to one without a name. Free with g_free(). */
static inline guint8 *maker_zip (const MakerPart *parts, gsize *length)
{
  guint8 *bytes = g_malloc (MAKER_BYTES_MAX);
  struct archive *archive = archive_write_new ();
  size_t used = 0;
  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_memory (archive, bytes, MAKER_BYTES_MAX, &used), ==,
                   ARCHIVE_OK);
  for (gsize i = 0; parts[i].name != NULL; i++) {
    struct archive_entry *entry = archive_entry_new ();
    archive_entry_set_pathname (entry, parts[i].name);
    archive_entry_set_filetype (entry, AE_IFREG);
    archive_entry_set_perm (entry, 0644);
    archive_entry_set_size (entry, (gint64) strlen (parts[i].text));
    g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
    archive_write_data (archive, parts[i].text, strlen (parts[i].text));
    archive_entry_free (entry);
  }
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  *length = used;
  return bytes;
}

#define MAKER_RELATION(id, type, target)                                                           \
  "<Relationship Id=\"" id "\" Type=\"http://x/relationships/" type "\" Target=\"" target "\"/>"

/* A workbook of two sheets, Lisez-moi (with one cell) and Liste, whose XML is @sheet;
 * @properties stand in the workbook. */
static inline guint8 *maker_workbook (const char *properties, const char *texts, const char *styles,
                                      const char *sheet, gsize *length)
{
  g_autofree char *main_part = g_strconcat (
      "<workbook xmlns='m' xmlns:r='r'>", properties,
      "<sheets><sheet name='Lisez-moi' sheetId='1' r:id='rId1'/><sheet name='Liste' sheetId='2' "
      "r:id='rId2'/></sheets></workbook>",
      NULL);
  const MakerPart parts[] = {
    { "_rels/.rels", "<Relationships>" MAKER_RELATION ("rId1", "officeDocument",
                                                       "xl/workbook.xml") "</Relationships>" },
    { "xl/workbook.xml", main_part },
    { "xl/_rels/workbook.xml.rels",
      "<Relationships>" MAKER_RELATION ("rId1", "worksheet", "worksheets/sheet1.xml")
          MAKER_RELATION ("rId2", "worksheet", "/xl/worksheets\\Sheet2.xml")
              MAKER_RELATION ("rId3", "sharedStrings", "sharedStrings.xml")
                  MAKER_RELATION ("rId4", "styles", "./styles.xml") "</Relationships>" },
    { "xl/worksheets/sheet1.xml",
      "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>" },
    { "xl/worksheets/sheet2.xml", sheet },
    { "xl/sharedStrings.xml", texts },
    { "xl/styles.xml", styles },
    { NULL, NULL },
  };
  return maker_zip (parts, length);
}
