/* delegate_label.h: what the fields of a registration are called, for people.
 *
 * Threads: reentrant. Nothing here blocks. */
#pragma once

/* The msgid, in the context "column", of the field that facts call @field;
 * "{language}" in it is the name of the congress's second language. The field's own
 * name where there is none. */
const char *delegate_label (const char *field);
