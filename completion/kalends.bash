# bash completion for kalends: made by scripts/pages of what commands declare, do not edit.
# Source it, or put it where bash-completion looks; it works without that package.

# Sets options to those of command $1; false when it is no command, or not yet.
_kalends_options() {
    case $1 in
    'submit') options='-f --file --name --at --in --every --anchor --cron --after --manual --tz --dst --from --until --max-runs --splay --except --key -l --label --queue --priority --max-attempts --backoff --max-age --timeout --deadline --on-lost --retry-on --fatal-on --overlap --catch-up --limit --env --cwd --user --stdin --sandbox --http --header --body --noop --wait --follow --wait-timeout --dry-run' ;;
    'edit') options='--name --at --in --every --anchor --cron --after --manual --tz --dst --from --until --max-runs --splay --except --key -l --label --queue --priority --max-attempts --backoff --max-age --timeout --deadline --on-lost --retry-on --fatal-on --overlap --catch-up --limit --env --cwd --user --stdin --sandbox --http --header --body --noop --unset --dry-run' ;;
    'cancel') options='-l --label --running --dry-run' ;;
    'trigger') options='--force --wait --follow --wait-timeout' ;;
    'pause') options='-l --label --all --for --reason' ;;
    'resume') options='-l --label --all --catch-up' ;;
    'backfill') options='--from --to --rate --cancel --dry-run' ;;
    'next') options='--cron --tz --dst -n --count --from --explain --except' ;;
    'forecast') options='-l --label --from --for --until --step --ascii' ;;
    'simulate') options='--outage --kill-leader --for --takes --slots -l --label -f --file --tz' ;;
    'import crontab') options='--tz --user-column --dry-run' ;;
    'export') options='-l --label --format --user-column' ;;
    'wait') options='--wait-timeout' ;;
    'rerun') options='' ;;
    'ls') options='--state -l --label --due-before --limit --watch' ;;
    'show') options='' ;;
    'why') options='' ;;
    'logs') options='-f --follow --attempt' ;;
    'runs') options='--state --since --late --limit' ;;
    'events') options='-f --follow' ;;
    'dlq ls') options='--fingerprint --error --job --since --limit' ;;
    'dlq show') options='--fingerprint --error --job --since --limit' ;;
    'dlq redrive') options='--fingerprint --error --job --since --all --rate --canary --dry-run' ;;
    'dlq discard') options='--fingerprint --error --job --since --all --dry-run' ;;
    'top') options='--read-only --slow --ascii' ;;
    'status') options='' ;;
    'handoff') options='--since' ;;
    'audit') options='--since' ;;
    'stats') options='--watch' ;;
    'leases') options='--partitions --runs --left-under --token' ;;
    'workers') options='' ;;
    'nodes') options='' ;;
    'queues') options='' ;;
    'cluster') options='--dry-run' ;;
    'tenants ls') options='' ;;
    'tenants set') options='--submit-rate --burst' ;;
    'doctor') options='--ready --data-dir' ;;
    'backup') options='' ;;
    'restore') options='--data-dir --partitions --run-due --kafka --kafka-properties --etcd --zookeeper --cluster' ;;
    'node') options='--data-dir --listen --workers --no-worker --partitions --skew-slo --history-max --drain-timeout --node-id --alert-webhook --alert-webhook-token-file --access-log --insecure --kafka --kafka-properties --etcd --zookeeper --cluster --standby --advertise' ;;
    'worker') options='--slots --queue --sandbox --kafka' ;;
    'demo') options='--keep' ;;
    'bench') options='--rate --for --warmup --jobs --repeat --hdr --slots --over --batch --named --recurring --cancelled --keep --on --here' ;;
    'shell') options='-e --exit-on-error' ;;
    'completion') options='' ;;
    'version') options='' ;;
    *)
        options=
        return 1
        ;;
    esac
}

_kalends_everywhere='--node -T --tenant --token-file -o --output -q --quiet --utc --request-timeout -y --yes --no-color --config -h --help'

# Sets kind and choices for the word number $2, from 0 on, of command $1.
_kalends_word() {
    kind='' choices=''
    case $1:$2 in
    :0) choices='submit edit cancel trigger pause resume backfill next forecast simulate import export wait rerun ls show why logs runs events dlq top status handoff audit stats leases workers nodes queues cluster tenants doctor backup restore node worker demo bench shell completion version' ;;
    import:0) choices='crontab' ;;
    dlq:0) choices='ls show redrive discard' ;;
    tenants:0) choices='ls set' ;;
    edit:0) kind=job ;;
    cancel:*) kind=job-or-run ;;
    trigger:0) kind=job ;;
    pause:*) kind=job ;;
    resume:*) kind=job ;;
    backfill:0) kind=job ;;
    next:0) kind=job ;;
    forecast:0) kind=job ;;
    simulate:*) kind=job ;;
    import\ crontab:*) kind=FILE ;;
    export:0) kind=job ;;
    wait:*) kind=job-or-run ;;
    rerun:*) kind=run ;;
    ls:0) kind=job ;;
    show:0) kind=job-or-run ;;
    why:0) kind=job-or-run ;;
    logs:0) kind=job-or-run ;;
    runs:0) kind=job ;;
    events:0) kind=job ;;
    dlq\ show:*) kind=dead ;;
    dlq\ redrive:*) kind=dead ;;
    dlq\ discard:*) kind=dead ;;
    leases:0) choices='release' ;;
    leases:1) kind=run ;;
    nodes:0) choices='ls drain undrain step-down' ;;
    nodes:1) kind=node ;;
    queues:0) choices='ls add rm' ;;
    queues:1) kind=queue ;;
    cluster:0) choices='finalize' ;;
    tenants\ set:0) kind=tenant ;;
    backup:0) kind=DIRECTORY ;;
    restore:0) kind=DIRECTORY ;;
    bench:0) choices='submit herd steady backlog restart endurance store' ;;
    completion:0) choices='bash zsh fish' ;;
    esac
}

# Sets values to how many words follow option $2 of command $1, kind and choices to what.
_kalends_value() {
    values=1 kind='' choices=''
    case $2 in
    --node) ;;
    -T | --tenant) kind=tenant ;;
    --token-file) kind=FILE ;;
    -o | --output) choices='json ndjson wide name' ;;
    --request-timeout) ;;
    --config) kind=FILE ;;
    *)
        case $1:$2 in
        submit:-f | submit:--file) kind=FILE ;;
        submit:--name) ;;
        submit:--at) ;;
        submit:--in) ;;
        submit:--every) ;;
        submit:--anchor) ;;
        submit:--cron) ;;
        submit:--after) ;;
        submit:--tz) kind=zone ;;
        submit:--dst) choices='cron skip' ;;
        submit:--from) ;;
        submit:--until) ;;
        submit:--max-runs) ;;
        submit:--splay) ;;
        submit:--except) kind=FILE ;;
        submit:--key) ;;
        submit:-l | submit:--label) ;;
        submit:--queue) kind=queue ;;
        submit:--priority) choices='high normal low' ;;
        submit:--max-attempts) ;;
        submit:--backoff) ;;
        submit:--max-age) ;;
        submit:--timeout) ;;
        submit:--deadline) ;;
        submit:--on-lost) choices='retry fail' ;;
        submit:--retry-on) ;;
        submit:--fatal-on) ;;
        submit:--overlap) choices='skip queue allow replace' ;;
        submit:--catch-up) choices='last all none' ;;
        submit:--limit) ;;
        submit:--env) ;;
        submit:--cwd) kind=DIRECTORY ;;
        submit:--user) ;;
        submit:--stdin) ;;
        submit:--sandbox) ;;
        submit:--http) values=2 choices='GET POST PUT PATCH DELETE HEAD' ;;
        submit:--header) ;;
        submit:--body) ;;
        submit:--wait-timeout) ;;
        edit:--name) ;;
        edit:--at) ;;
        edit:--in) ;;
        edit:--every) ;;
        edit:--anchor) ;;
        edit:--cron) ;;
        edit:--after) ;;
        edit:--tz) kind=zone ;;
        edit:--dst) choices='cron skip' ;;
        edit:--from) ;;
        edit:--until) ;;
        edit:--max-runs) ;;
        edit:--splay) ;;
        edit:--except) kind=FILE ;;
        edit:--key) ;;
        edit:-l | edit:--label) ;;
        edit:--queue) kind=queue ;;
        edit:--priority) choices='high normal low' ;;
        edit:--max-attempts) ;;
        edit:--backoff) ;;
        edit:--max-age) ;;
        edit:--timeout) ;;
        edit:--deadline) ;;
        edit:--on-lost) choices='retry fail' ;;
        edit:--retry-on) ;;
        edit:--fatal-on) ;;
        edit:--overlap) choices='skip queue allow replace' ;;
        edit:--catch-up) choices='last all none' ;;
        edit:--limit) ;;
        edit:--env) ;;
        edit:--cwd) kind=DIRECTORY ;;
        edit:--user) ;;
        edit:--stdin) ;;
        edit:--sandbox) ;;
        edit:--http) values=2 choices='GET POST PUT PATCH DELETE HEAD' ;;
        edit:--header) ;;
        edit:--body) ;;
        edit:--unset) ;;
        cancel:-l | cancel:--label) ;;
        trigger:--wait-timeout) ;;
        pause:-l | pause:--label) ;;
        pause:--for) ;;
        pause:--reason) ;;
        resume:-l | resume:--label) ;;
        resume:--catch-up) choices='last all none' ;;
        backfill:--from) ;;
        backfill:--to) ;;
        backfill:--rate) ;;
        next:--cron) ;;
        next:--tz) kind=zone ;;
        next:--dst) choices='cron skip' ;;
        next:-n | next:--count) ;;
        next:--from) ;;
        next:--except) kind=FILE ;;
        forecast:-l | forecast:--label) ;;
        forecast:--from) ;;
        forecast:--for) ;;
        forecast:--until) ;;
        forecast:--step) ;;
        simulate:--outage) ;;
        simulate:--kill-leader) ;;
        simulate:--for) ;;
        simulate:--takes) ;;
        simulate:--slots) ;;
        simulate:-l | simulate:--label) ;;
        simulate:-f | simulate:--file) kind=FILE ;;
        simulate:--tz) kind=zone ;;
        import\ crontab:--tz) kind=zone ;;
        export:-l | export:--label) ;;
        export:--format) choices='ndjson crontab' ;;
        wait:--wait-timeout) ;;
        ls:--state) choices='scheduled waiting paused active finished cancelled' ;;
        ls:-l | ls:--label) ;;
        ls:--due-before) ;;
        ls:--limit) ;;
        logs:--attempt) ;;
        runs:--state) choices='ready running retrying succeeded dead cancelled skipped missed' ;;
        runs:--since) ;;
        runs:--late) ;;
        runs:--limit) ;;
        dlq\ ls:--fingerprint) ;;
        dlq\ ls:--error) ;;
        dlq\ ls:--job) kind=job ;;
        dlq\ ls:--since) ;;
        dlq\ ls:--limit) ;;
        dlq\ show:--fingerprint) ;;
        dlq\ show:--error) ;;
        dlq\ show:--job) kind=job ;;
        dlq\ show:--since) ;;
        dlq\ show:--limit) ;;
        dlq\ redrive:--fingerprint) ;;
        dlq\ redrive:--error) ;;
        dlq\ redrive:--job) kind=job ;;
        dlq\ redrive:--since) ;;
        dlq\ redrive:--rate) ;;
        dlq\ discard:--fingerprint) ;;
        dlq\ discard:--error) ;;
        dlq\ discard:--job) kind=job ;;
        dlq\ discard:--since) ;;
        handoff:--since) ;;
        audit:--since) ;;
        leases:--left-under) ;;
        leases:--token) ;;
        tenants\ set:--submit-rate) ;;
        tenants\ set:--burst) ;;
        doctor:--data-dir) kind=DIRECTORY ;;
        restore:--data-dir) kind=DIRECTORY ;;
        restore:--partitions) ;;
        restore:--kafka) ;;
        restore:--kafka-properties) kind=FILE ;;
        restore:--etcd) ;;
        restore:--zookeeper) ;;
        restore:--cluster) ;;
        node:--data-dir) kind=DIRECTORY ;;
        node:--listen) ;;
        node:--workers) ;;
        node:--partitions) ;;
        node:--skew-slo) ;;
        node:--history-max) ;;
        node:--drain-timeout) ;;
        node:--node-id) ;;
        node:--alert-webhook) ;;
        node:--alert-webhook-token-file) kind=FILE ;;
        node:--kafka) ;;
        node:--kafka-properties) kind=FILE ;;
        node:--etcd) ;;
        node:--zookeeper) ;;
        node:--cluster) ;;
        node:--standby) ;;
        node:--advertise) ;;
        worker:--slots) ;;
        worker:--queue) kind=queue ;;
        worker:--sandbox) ;;
        worker:--kafka) ;;
        bench:--rate) ;;
        bench:--for) ;;
        bench:--warmup) ;;
        bench:--jobs) ;;
        bench:--repeat) ;;
        bench:--hdr) kind=FILE ;;
        bench:--slots) ;;
        bench:--over) ;;
        bench:--batch) ;;
        bench:--keep) kind=DIRECTORY ;;
        bench:--on) kind=DIRECTORY ;;
        *) values=0 ;;
        esac
        ;;
    esac
}

# Offers one word, when it goes on from what was typed, in the form that readline wants.
_kalends_offer() {
    local text=$1
    case $text in
    "$typed"*) ;;
    *) return ;;
    esac
    text=${text#"$held"}
    [ -n "$quote" ] || printf -v text %q "$text"
    COMPREPLY+=("$text")
}

# Offers what a kind or a list of choices has, with $1 before each word.
_kalends_offer_values() {
    local word
    for word in $choices; do
        _kalends_offer "$1$word"
    done
    case $kind in
    '') ;;
    FILE | DIRECTORY)
        compopt -o filenames 2> /dev/null
        local flag=-f
        [ "$kind" = FILE ] || flag=-d
        while IFS= read -r word; do
            _kalends_offer "$1$word"
        done < <(compgen "$flag" -- "${typed#"$1"}")
        ;;
    *)
        while IFS=$'\t' read -r word _; do
            _kalends_offer "$1$word"
        done < <("$program" ${asked[@]+"${asked[@]}"} __complete "$kind" -- "${typed#"$1"}" 2> /dev/null < /dev/null)
        ;;
    esac
}

# The program after --: its name, then whatever bash completes for it.
_kalends_foreign() {
    local first=0 word
    while [ "${COMP_WORDS[first]}" != -- ]; do
        ((first++))
    done
    ((first++))
    if ((COMP_CWORD > first)) && declare -F _command_offset > /dev/null; then
        _command_offset "$first"
        return
    fi
    local flag=-f
    ((COMP_CWORD > first)) || flag=-c
    compopt -o filenames 2> /dev/null
    while IFS= read -r word; do
        _kalends_offer "$word"
    done < <(compgen "$flag" -- "$typed")
}

_kalends() {
    local IFS=$' \t\n' program typed held='' quote='' path='' known='' options values kind choices
    local rest word i last count=0
    local -a words=() asked=()
    COMPREPLY=()

    # readline cuts words at = : and @; here they are put together again, up to the cursor.
    rest=${COMP_LINE:0:COMP_POINT}
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i -eq 0 || $rest == [[:blank:]]* ]]; then
            rest=${rest#"${rest%%[![:blank:]]*}"}
            words+=('')
        fi
        word=${COMP_WORDS[i]}
        ((i < COMP_CWORD)) || word=$rest
        words[${#words[@]} - 1]+=$word
        rest=${rest#"$word"}
    done
    last=$((${#words[@]} - 1))
    program=${words[0]/#\~\//$HOME/}
    typed=${words[last]}
    case $typed in
    \'* | \"*)
        quote=${typed:0:1}
        typed=${typed:1}
        ;;
    *)
        local breaks=${COMP_WORDBREAKS//[^=:@]/}
        [ -z "$breaks" ] || held=${typed%"${typed##*["$breaks"]}"}
        held=${held%@} # of the three, @ alone stays with what follows it
        ;;
    esac

    for ((i = 1; i < last; i++)); do
        word=${words[i]}
        case $word in
        --)
            _kalends_foreign
            return
            ;;
        --node=* | --tenant=* | --token-file=* | --config=*) asked+=("$word") ;;
        --*=*) ;;
        -?*)
            _kalends_value "$path" "$word"
            if ((i + values >= last)) && ((values > 0)); then
                ((i + 1 == last)) || choices=''
                _kalends_offer_values ''
                return
            fi
            case $word in
            --node | -T | --tenant | --token-file | --config) asked+=("$word" "${words[i + 1]/#\~\//$HOME/}") ;;
            esac
            ((i += values))
            ;;
        *)
            if [ -z "$known" ]; then
                path=${path:+$path }$word
                ! _kalends_options "$path" || known=yes
            else
                ((count++))
            fi
            ;;
        esac
    done

    case $typed in
    --*=*)
        _kalends_value "$path" "${typed%%=*}"
        ((values != 1)) || _kalends_offer_values "${typed%%=*}="
        ;;
    -*)
        _kalends_options "$path"
        for word in $options $_kalends_everywhere; do
            _kalends_offer "$word"
        done
        ;;
    *)
        _kalends_word "$path" "$count"
        _kalends_offer_values ''
        ;;
    esac
}

complete -F _kalends kalends
