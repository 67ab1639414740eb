/* template_fault.h: what is wrong with a template. Faults are collected, so that a
 * designer hears of all at once.
 * Threads: reentrant. */
#pragma once

#include <glib.h>

typedef struct {
  char *where;  /* the element: "“post”", "<rect> in line 12"; "the page" */
  char *what;   /* goes on after it: "lies outside of the page" */
  char *remedy; /* a sentence; "" for none */
} TemplateFault;

/* An array of TemplateFault that frees them. */
GPtrArray *template_fault_list_new (void);
void template_fault_add (GPtrArray *faults, const char *where, const char *remedy,
                         const char *format, ...) G_GNUC_PRINTF (4, 5);
