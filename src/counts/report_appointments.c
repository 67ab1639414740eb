#include "counts/report_appointments.h"

#include "counts/appointments.h"

static const TableColumn COLUMNS[] = {
  { "kind", NC_ ("column", "Kind"), TABLE_TEXT, 10 },
  { "id", NC_ ("column", "Id"), TABLE_TEXT, 28 },
  { "date", NC_ ("column", "Day"), TABLE_TEXT, 11 },
  { "from", NC_ ("column", "From"), TABLE_TEXT, 7 },
  { "to", NC_ ("column", "To"), TABLE_TEXT, 7 },
  { "line", NC_ ("column", "Line"), TABLE_TEXT, 14 },
  { "place", NC_ ("column", "Place"), TABLE_TEXT, 20 },
  { "about_fr", NC_ ("column", "Subject"), TABLE_TEXT, 30 },
  { "about_zh", NC_ ("column", "Subject ({language})"), TABLE_TEXT, 24 },
  { "places", NC_ ("column", "Places"), TABLE_NUMBER, 7 },
  { "people", NC_ ("column", "People"), TABLE_NUMBER, 7 },
  { "reference", NC_ ("column", "Reference"), TABLE_TEXT, 14 },
  { "family", NC_ ("column", "Family name"), TABLE_TEXT, 18 },
  { "given", NC_ ("column", "Given name"), TABLE_TEXT, 18 },
  { "name_zh", NC_ ("column", "Chinese name"), TABLE_TEXT, 12 },
  { "organisation_fr", NC_ ("column", "Organisation"), TABLE_TEXT, 28 },
  { "organisation_zh", NC_ ("column", "Organisation ({language})"), TABLE_TEXT, 22 },
  { "hotel", NC_ ("column", "Hotel"), TABLE_TEXT, 18 },
  { "host", NC_ ("column", "Received by"), TABLE_TEXT, 18 },
  { "seat", NC_ ("column", "Seat"), TABLE_TEXT, 12 },
  { "state", NC_ ("column", "State"), TABLE_TEXT, 9 },
};

static gboolean put_person (ReportRun *run, const AppointmentsThing *thing,
                            const AppointmentsPerson *person, GError **error)
{
  const TableValue values[] = { REPORT_TEXT (appointment_kind_name (thing->kind)),
                                REPORT_TEXT (thing->id),
                                REPORT_TEXT (thing->date),
                                REPORT_TEXT (thing->from),
                                REPORT_TEXT (thing->to),
                                REPORT_TEXT (thing->line),
                                REPORT_TEXT (person->place),
                                REPORT_TEXT (thing->fr),
                                REPORT_TEXT (thing->zh),
                                REPORT_NUMBER (thing->places),
                                REPORT_NUMBER (thing->people->len),
                                REPORT_TEXT (person->reference),
                                REPORT_TEXT (person->family),
                                REPORT_TEXT (person->given),
                                REPORT_TEXT (person->name_zh),
                                REPORT_TEXT (person->organisation_fr),
                                REPORT_TEXT (person->organisation_zh),
                                REPORT_TEXT (person->hotel),
                                REPORT_TEXT (person->host),
                                REPORT_TEXT (person->seat),
                                REPORT_TEXT (appointments_state_name (person->state)) };
  G_STATIC_ASSERT (G_N_ELEMENTS (values) == G_N_ELEMENTS (COLUMNS));
  return report_run_put (run, values, error);
}

static gboolean put_rows (ReportRun *run, GError **error)
{
  const AppointmentsFilter filter
      = { .kind = APPOINTMENT_KINDS, .date = run->filter.day, .protocol = run->query->protocol };
  g_autoptr (AsOf) as_of = as_of_read (run->journal, error);
  g_autofree char *today = as_of != NULL ? as_of_day (as_of) : NULL;
  g_autoptr (GPtrArray) things
      = today != NULL ? appointments_read (run->journal, &filter, today, error) : NULL;
  gboolean good = things != NULL;
  for (guint i = 0; good && i < things->len; i++) {
    const AppointmentsThing *thing = things->pdata[i];
    for (guint j = 0; good && j < thing->people->len; j++)
      good = put_person (run, thing, thing->people->pdata[j], error);
  }
  return good;
}

const ReportTable report_appointments_table = { "appointments", NC_ ("report", "Appointments"),
                                                COLUMNS,        G_N_ELEMENTS (COLUMNS),
                                                G_MAXUINT64,    put_rows };
