#include "kiosk/flow_command.h"

FlowCommand *flow_command_new (CommandKind kind, Tone tone, const char *text, const char *more,
                               const char *volunteer)
{
  FlowCommand *command = g_new0 (FlowCommand, 1);

  command->kind = kind;
  command->tone = tone;
  command->text = g_strdup (text);
  command->more = g_strdup (more);
  command->volunteer = g_strdup (volunteer);
  return command;
}

void flow_command_free (FlowCommand *command)
{
  if (command == NULL)
    return;
  g_free (command->text);
  g_free (command->more);
  g_free (command->volunteer);
  g_free (command);
}
