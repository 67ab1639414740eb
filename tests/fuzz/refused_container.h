/* Refused containers: libgsf 1.14.50 keeps a directory entry that it has made when it then
 * refuses the container (gsf_infile_msole_new; some 99 bytes a file, which is not ours to
 * free). What is allocated between the two calls is no leak of this program.  */
#pragma once

/* Of LeakSanitizer (sanitizer/lsan_interface.h); not there without it. */
void __lsan_disable (void) __attribute__ ((weak));
void __lsan_enable (void) __attribute__ ((weak));

static inline void refused_container_begin (void)
{
  if (__lsan_disable != NULL)
    __lsan_disable ();
}

static inline void refused_container_end (void)
{
  if (__lsan_enable != NULL)
    __lsan_enable ();
}
