# Fetches the jars of a server from Maven Central into target/; sourced by kafka.sh and zookeeper.sh.
# shellcheck shell=sh

# Fetches the runtime jars of a pom into a directory of its own first, so that what is there is whole.
# Arguments: the pom, the directory.
fetch_jars() {
    jars_part=$2.part.$$
    rm -rf "$jars_part"
    mkdir -p "${2%/*}"
    echo "${2##*/}: fetching from Maven Central" >&2
    if (cd "${1%/*}" && mvn -q -B -ntp -f "$1" dependency:copy-dependencies -DincludeScope=runtime \
        -DoutputDirectory="$jars_part") > "$2.log" 2>&1; then
        rm -rf "$2"
        mv "$jars_part" "$2"
        return 0
    fi
    rm -rf "$jars_part"
    grep -E '^\[ERROR\]' "$2.log" | head -n 3 >&2
    echo "  log=$2.log" >&2
    return 1
}

# What a server is started with so that Ctrl-C reaches the script alone, which ends them in good order.
detach=$(command -v setsid 2>/dev/null) || detach=

# Waits until a file holds a line and its process lives. Arguments: the file, the words, the process, seconds.
await_line() {
    await_left=$(($4 * 5))
    while ! grep -q -e "$2" "$1" 2>/dev/null; do
        kill -0 "$3" 2>/dev/null || return 1
        [ "$await_left" -gt 0 ] || return 1
        await_left=$((await_left - 1))
        sleep 0.2
    done
}

# Ends a process of ours: TERM, after so many seconds KILL. Arguments: the process, seconds.
end_process() {
    kill "$1" 2>/dev/null || return 0
    end_left=$(($2 * 5))
    while kill -0 "$1" 2>/dev/null; do
        if [ "$end_left" -le 0 ]; then
            kill -9 "$1" 2>/dev/null || :
            return 0
        fi
        end_left=$((end_left - 1))
        sleep 0.2
    done
}
