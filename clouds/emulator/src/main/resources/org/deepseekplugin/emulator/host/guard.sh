#!/bin/sh
# The leader of a machine's process group: runs its user data and watches the emulator.
# usage: guard.sh USER_DATA CONSOLE GRACE_SECONDS
# Standard input is a pipe that the emulator holds. Its end means: power off (the emulator may be
# dead). The line "kill" means: die at once. Either ends the whole group.
user_data=$1 console=$2 grace=$3

first=
read -r first <"$user_data" || : # no newline at its end, or empty
case $first in
'#!'*) ${first#??} "$user_data" </dev/null >>"$console" 2>&1 & ;;
'') sleep 0 & ;;
*) echo "user data does not begin with #!, so it is not run" >>"$console" & ;;
esac
main=$!

trap 'interrupted=yes' TERM INT HUP
command=
while :; do
    interrupted=
    if read -r command; then break; fi
    [ -n "$interrupted" ] || break
done

# what left the group still carries the machine's name (where /proc tells)
kill_escaped() {
    for file in $(grep -lsz "^DEEPSEEK_MACHINE_ID=$DEEPSEEK_MACHINE_ID\$" /proc/[0-9]*/environ 2>/dev/null); do
        pid=${file#/proc/}
        pid=${pid%/environ}
        [ "$pid" = "$$" ] || kill -KILL "$pid" 2>/dev/null
    done
}

# the main process may take its time, what it leaves behind may not
if [ "$command" != kill ]; then
    trap '' TERM INT HUP
    (sleep "$grace"; kill -KILL 0) &
    kill -TERM 0
    wait "$main"
fi
kill_escaped
kill -KILL 0
