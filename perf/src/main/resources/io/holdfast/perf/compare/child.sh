# Runs one program, and ends it when standard input ends, which is when whoever started this closes it, or dies of whatever
# cause: then the kernel closes it. The directory is the program's, and goes with it.
#
#   sh -c SCRIPT child DIRECTORY COMMAND...
#
# Says the program's process id; what the program says is in DIRECTORY/said.log. Exits when neither is left.

# A terminal's Ctrl-C goes to the whole group: the process that started this shall stop first. The program inherits that.
trap '' HUP INT QUIT PIPE

directory=$1
shift
"$@" </dev/null >"$directory/said.log" 2>&1 &
pid=$!
trap : TERM
echo "$pid"
while read -r _; do :; done

# A child that has ended is a zombie until it is waited for.
is_running() {
    [ -d "/proc/$pid" ] && ! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status"
} 2>/dev/null

# Tries a signal and gives it so many twentieths of a second.
ends_by() {
    kill "-$1" "$pid" 2>/dev/null
    left=$2
    while is_running; do
        [ "$left" -gt 0 ] || return 1
        sleep 0.05
        left=$((left - 1))
    done
}

ends_by TERM 600 || ends_by KILL 100

# What a killed program has left running may still write for a moment.
left=100
while [ -e "$directory" ] && ! rm -rf -- "$directory" 2>/dev/null && [ "$left" -gt 0 ]; do
    sleep 0.1
    left=$((left - 1))
done
rmdir -- "$(dirname "$directory")" 2>/dev/null
exit 0
