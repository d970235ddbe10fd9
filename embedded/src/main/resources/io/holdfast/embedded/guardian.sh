# Starts one server and ends it when standard input ends, which is when whoever started this closes it, or dies of
# whatever cause: then the kernel closes it. That one road of stopping serves an orderly end and a crash alike.
#
#   sh -c SCRIPT guardian PID_FILE MARK SIGNAL COMMAND...
#
# COMMAND starts a server that leaves this process's session, and writes its process id to PID_FILE. MARK is a word of
# the server's command line that no other process has: ids are used again, and only our own server may be ended.
# Says "started PID" or "failed"; exits with 0 when no server of ours is left.

# A terminal's Ctrl-C goes to the whole group: the process that started this shall stop first, in order.
trap '' HUP INT QUIT TERM PIPE

pid_file=$1
mark=$2
signal=$3
shift 3
pid=

read_pid() {
    pid=
    [ ! -s "$pid_file" ] || read -r pid <"$pid_file"
    case $pid in
        *[!0-9]*) pid= ;;
    esac
}

is_running() {
    [ -n "$pid" ] || return 1
    if [ -r /proc/self/cmdline ]; then
        tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "$mark"
    else
        ps -ww -o command= -p "$pid" | grep -qF -- "$mark"
    fi
} 2>/dev/null

# Tries a signal and gives it so many twentieths of a second.
ends_by() {
    is_running || return 0
    kill "-$1" "$pid" 2>/dev/null
    left=$2
    while is_running; do
        [ "$left" -gt 0 ] || return 1
        sleep 0.05
        left=$((left - 1))
    done
}

"$@" </dev/null >start.log 2>&1
status=$?
read_pid
left=200
while [ "$status" -eq 0 ] && [ -z "$pid" ] && [ "$left" -gt 0 ]; do
    sleep 0.05
    left=$((left - 1))
    read_pid
done

if [ "$status" -eq 0 ] && is_running; then
    echo "started $pid"
else
    echo failed
fi
while read -r _; do :; done

ends_by "$signal" 200 || ends_by QUIT 100 || ends_by KILL 100
