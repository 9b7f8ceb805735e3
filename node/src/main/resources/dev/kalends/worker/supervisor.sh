# The parent of a command. Its stdin is a pipe from the worker: "TERM" asks the command to end; anything else, or the
# end of the pipe because the worker is dead, kills everything.
# Arguments: all|group, file with the command's stdin or nothing, mark of the lease, path of setsid, the command.
exec 3<&0
if [ -n "$2" ]; then exec 4<"$2"; rm -f -- "$2"; else exec 4</dev/null; fi
scope=$1 mark=$3 setsid=$4
shift 4
trap : TERM INT HUP
KALENDS_LEASE=$mark "$setsid" -- "$@" <&4 3<&- 4<&- &
job=$!
# From here on the shell's own remarks, such as "Killed", are not the command's output.
exec 2>/dev/null
(
  trap '' TERM INT HUP
  while read -r order && [ "$order" = TERM ]; do
    kill -TERM -"$job" || kill -TERM "$job"
  done
  # The command's death wakes the parent, which must not end us before we are through.
  trap '' USR1
  # In a PID namespace -1 is everybody but this shell and its parent, which then ends the namespace.
  if [ "$scope" = all ]; then kill -KILL -1; exit; fi
  kill -KILL -"$job" || kill -KILL "$job"
  # Processes that left the group still carry the mark. Three rounds, for those that were forking meanwhile.
  for round in 1 2 3; do
    set -- $(grep -lasxzF "KALENDS_LEASE=$mark" /proc/[0-9]*/environ)
    [ $# -gt 0 ] || break
    for file do
      file=${file#/proc/}
      kill -KILL "${file%/environ}"
    done
  done
) <&3 >/dev/null 4<&- &
watch=$!
exec 3<&- 4<&-
# A signal ends wait early: then the command still exists.
while :; do
  wait "$job"
  code=$?
  kill -0 "$job" || break
done
kill -KILL -"$job"
kill -USR1 "$watch"
wait "$watch"
exit "$code"
