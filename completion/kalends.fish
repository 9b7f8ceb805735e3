# fish completion for kalends: made by scripts/pages of what commands declare, do not edit.
# Put it as kalends.fish into ~/.config/fish/completions.

# Whether the words are a whole command.
function __kalends_command
    contains -- "$argv" 'submit' 'edit' 'cancel' 'trigger' 'pause' 'resume' 'backfill' 'next' 'forecast' 'simulate' \
        'import crontab' 'export' 'wait' 'rerun' 'ls' 'show' 'why' 'logs' 'runs' 'events' 'dlq ls' 'dlq show' 'dlq redrive' \
        'dlq discard' 'top' 'status' 'handoff' 'audit' 'stats' 'leases' 'workers' 'nodes' 'queues' 'cluster' 'tenants ls' \
        'tenants set' 'doctor' 'backup' 'restore' 'node' 'worker' 'demo' 'bench' 'shell' 'completion' 'version'
end

# How many words follow an option: its command, its name.
function __kalends_values
    switch $argv[2]
        case --node -T --tenant --token-file -o --output --request-timeout --config
            echo 1
            return
    end
    switch "$argv"
        case 'submit -f' \
            'submit --file' \
            'submit --name' \
            'submit --at' \
            'submit --in' \
            'submit --every' \
            'submit --anchor' \
            'submit --cron' \
            'submit --after' \
            'submit --tz' \
            'submit --dst' \
            'submit --from' \
            'submit --until' \
            'submit --max-runs' \
            'submit --splay' \
            'submit --except' \
            'submit --key' \
            'submit -l' \
            'submit --label' \
            'submit --queue' \
            'submit --priority' \
            'submit --max-attempts' \
            'submit --backoff' \
            'submit --max-age' \
            'submit --timeout' \
            'submit --deadline' \
            'submit --on-lost' \
            'submit --retry-on' \
            'submit --fatal-on' \
            'submit --overlap' \
            'submit --catch-up' \
            'submit --limit' \
            'submit --env' \
            'submit --cwd' \
            'submit --user' \
            'submit --stdin' \
            'submit --sandbox' \
            'submit --header' \
            'submit --body' \
            'submit --wait-timeout' \
            'edit --name' \
            'edit --at' \
            'edit --in' \
            'edit --every' \
            'edit --anchor' \
            'edit --cron' \
            'edit --after' \
            'edit --tz' \
            'edit --dst' \
            'edit --from' \
            'edit --until' \
            'edit --max-runs' \
            'edit --splay' \
            'edit --except' \
            'edit --key' \
            'edit -l' \
            'edit --label' \
            'edit --queue' \
            'edit --priority' \
            'edit --max-attempts' \
            'edit --backoff' \
            'edit --max-age' \
            'edit --timeout' \
            'edit --deadline' \
            'edit --on-lost' \
            'edit --retry-on' \
            'edit --fatal-on' \
            'edit --overlap' \
            'edit --catch-up' \
            'edit --limit' \
            'edit --env' \
            'edit --cwd' \
            'edit --user' \
            'edit --stdin' \
            'edit --sandbox' \
            'edit --header' \
            'edit --body' \
            'edit --unset' \
            'cancel -l' \
            'cancel --label' \
            'trigger --wait-timeout' \
            'pause -l' \
            'pause --label' \
            'pause --for' \
            'pause --reason' \
            'resume -l' \
            'resume --label' \
            'resume --catch-up' \
            'backfill --from' \
            'backfill --to' \
            'backfill --rate' \
            'next --cron' \
            'next --tz' \
            'next --dst' \
            'next -n' \
            'next --count' \
            'next --from' \
            'next --except' \
            'forecast -l' \
            'forecast --label' \
            'forecast --from' \
            'forecast --for' \
            'forecast --until' \
            'forecast --step' \
            'simulate --outage' \
            'simulate --kill-leader' \
            'simulate --for' \
            'simulate --takes' \
            'simulate --slots' \
            'simulate -l' \
            'simulate --label' \
            'simulate -f' \
            'simulate --file' \
            'simulate --tz' \
            'import crontab --tz' \
            'export -l' \
            'export --label' \
            'export --format' \
            'wait --wait-timeout' \
            'ls --state' \
            'ls -l' \
            'ls --label' \
            'ls --due-before' \
            'ls --limit' \
            'logs --attempt' \
            'runs --state' \
            'runs --since' \
            'runs --late' \
            'runs --limit' \
            'dlq ls --fingerprint' \
            'dlq ls --error' \
            'dlq ls --job' \
            'dlq ls --since' \
            'dlq ls --limit' \
            'dlq show --fingerprint' \
            'dlq show --error' \
            'dlq show --job' \
            'dlq show --since' \
            'dlq show --limit' \
            'dlq redrive --fingerprint' \
            'dlq redrive --error' \
            'dlq redrive --job' \
            'dlq redrive --since' \
            'dlq redrive --rate' \
            'dlq discard --fingerprint' \
            'dlq discard --error' \
            'dlq discard --job' \
            'dlq discard --since' \
            'handoff --since' \
            'audit --since' \
            'leases --left-under' \
            'leases --token' \
            'tenants set --submit-rate' \
            'tenants set --burst' \
            'doctor --data-dir' \
            'restore --data-dir' \
            'restore --partitions' \
            'restore --kafka' \
            'restore --kafka-properties' \
            'restore --etcd' \
            'restore --zookeeper' \
            'restore --cluster' \
            'node --data-dir' \
            'node --listen' \
            'node --workers' \
            'node --partitions' \
            'node --skew-slo' \
            'node --history-max' \
            'node --drain-timeout' \
            'node --node-id' \
            'node --alert-webhook' \
            'node --alert-webhook-token-file' \
            'node --kafka' \
            'node --kafka-properties' \
            'node --etcd' \
            'node --zookeeper' \
            'node --cluster' \
            'node --standby' \
            'node --advertise' \
            'worker --slots' \
            'worker --queue' \
            'worker --sandbox' \
            'worker --kafka' \
            'bench --rate' \
            'bench --for' \
            'bench --warmup' \
            'bench --jobs' \
            'bench --repeat' \
            'bench --hdr' \
            'bench --slots' \
            'bench --over' \
            'bench --batch' \
            'bench --keep' \
            'bench --on'
            echo 1
        case 'submit --http' \
            'edit --http'
            echo 2
        case '*'
            echo 0
    end
end

# Reads the words before the cursor into __kalends_path, __kalends_count, __kalends_asked and __kalends_dashes.
function __kalends_read
    set -l tokens (commandline -opc)
    test "$tokens" = "$__kalends_seen"; and return
    set -g __kalends_seen $tokens
    set -g __kalends_path
    set -g __kalends_count 0
    set -g __kalends_asked
    set -g __kalends_dashes 0
    set -l at 2
    while test $at -le (count $tokens)
        set -l token $tokens[$at]
        switch $token
            case --
                set -g __kalends_dashes $at
                return
            case '--node=*' '--tenant=*' '--token-file=*' '--config=*'
                set -a __kalends_asked $token
            case '--*=*'
            case '-?*'
                set -l values (__kalends_values "$__kalends_path" $token)
                if contains -- $token --node -T --tenant --token-file --config; and test $at -lt (count $tokens)
                    set -a __kalends_asked $token $tokens[(math $at + 1)]
                end
                set at (math $at + $values)
            case '*'
                if __kalends_command $__kalends_path
                    set -g __kalends_count (math $__kalends_count + 1)
                else
                    set -a __kalends_path $token
                end
        end
        set at (math $at + 1)
    end
end

# Whether the words before the cursor are this command, with so many words after it: from, and less than.
function __kalends_at
    __kalends_read
    test $__kalends_dashes -eq 0; and test "$__kalends_path" = "$argv[1]"; or return 1
    test (count $argv) -lt 3; and return 0
    test $__kalends_count -ge $argv[2]; and test $__kalends_count -lt $argv[3]
end

# Whether -- has been passed: what follows is a program of its own.
function __kalends_foreign
    __kalends_read
    test $__kalends_dashes -gt 0
end

function __kalends_foreign_words
    set -l tokens (commandline -opc)
    set -l rest $tokens[(math $__kalends_dashes + 1)..-1]
    complete -C (string join ' ' -- (string escape -- $rest) (commandline -ct))
end

# Names as a node knows them, each with a word about it.
function __kalends_names
    __kalends_read
    set -l typed (commandline -ct)
    string match -q -- '--*=*' $typed; and set typed (string replace -r -- '^[^=]*=' '' $typed)
    set -l program (commandline -opc)[1]
    type -q $program; or return
    command $program $__kalends_asked __complete $argv[1] -- (string unescape -- "$typed") 2>/dev/null </dev/null
end

complete -c kalends -f
complete -c kalends -n __kalends_foreign -a '(__kalends_foreign_words)'

complete -c kalends -n '__kalends_at "" 0 1' -a submit -d 'Hand in a job, or a file of jobs'
complete -c kalends -n '__kalends_at "" 0 1' -a edit -d 'Change fields of a job, from its next fire on'
complete -c kalends -n '__kalends_at "" 0 1' -a cancel -d 'End jobs, or single runs'
complete -c kalends -n '__kalends_at "" 0 1' -a trigger -d 'Run a job now'
complete -c kalends -n '__kalends_at "" 0 1' -a pause -d 'Hold back jobs, a tenant, or everything'
complete -c kalends -n '__kalends_at "" 0 1' -a resume -d 'Let what was paused go on'
complete -c kalends -n '__kalends_at "" 0 1' -a backfill -d 'Make up for a stretch of a job\'s past'
complete -c kalends -n '__kalends_at "" 0 1' -a next -d 'Show when a job or a schedule fires'
complete -c kalends -n '__kalends_at "" 0 1' -a forecast -d 'Show how many fires come when, and what towers above the rest'
complete -c kalends -n '__kalends_at "" 0 1' -a simulate -d 'Show what would become of jobs in an outage'
complete -c kalends -n '__kalends_at "" 0 1' -a import -d 'Make jobs of the lines of crontabs'
complete -c kalends -n '__kalends_at "import" 0 1' -a crontab -d 'Make jobs of the lines of crontabs'
complete -c kalends -n '__kalends_at "" 0 1' -a export -d 'Print jobs, to submit them again or for cron'
complete -c kalends -n '__kalends_at "" 0 1' -a wait -d 'Wait until runs have ended'
complete -c kalends -n '__kalends_at "" 0 1' -a rerun -d 'Reopen a run that failed for good'
complete -c kalends -n '__kalends_at "" 0 1' -a ls -d 'List jobs'
complete -c kalends -n '__kalends_at "" 0 1' -a show -d 'Show a job or a run'
complete -c kalends -n '__kalends_at "" 0 1' -a why -d 'Say what became of a fire, and why'
complete -c kalends -n '__kalends_at "" 0 1' -a logs -d 'Print what a run wrote'
complete -c kalends -n '__kalends_at "" 0 1' -a runs -d 'List runs'
complete -c kalends -n '__kalends_at "" 0 1' -a events -d 'Print what happened, or what happens'
complete -c kalends -n '__kalends_at "" 0 1' -a dlq -d 'ls, show, redrive, discard'
complete -c kalends -n '__kalends_at "dlq" 0 1' -a ls -d 'List runs that used up their attempts, by what killed them'
complete -c kalends -n '__kalends_at "dlq" 0 1' -a show -d 'Show dead letters with their attempts'
complete -c kalends -n '__kalends_at "dlq" 0 1' -a redrive -d 'Give dead letters another series of attempts'
complete -c kalends -n '__kalends_at "dlq" 0 1' -a discard -d 'Drop dead letters for good'
complete -c kalends -n '__kalends_at "" 0 1' -a top -d 'Watch and act on the full screen'
complete -c kalends -n '__kalends_at "" 0 1' -a status -d 'Say whether anything needs you'
complete -c kalends -n '__kalends_at "" 0 1' -a handoff -d 'Write the report of a shift'
complete -c kalends -n '__kalends_at "" 0 1' -a audit -d 'List who did what'
complete -c kalends -n '__kalends_at "" 0 1' -a stats -d 'Print the node\'s figures'
complete -c kalends -n '__kalends_at "" 0 1' -a leases -d 'List who leads and who runs what, and for how long'
complete -c kalends -n '__kalends_at "" 0 1' -a workers -d 'List workers'
complete -c kalends -n '__kalends_at "" 0 1' -a nodes -d 'List nodes, have them lead or not'
complete -c kalends -n '__kalends_at "" 0 1' -a queues -d 'List queues, declare and withdraw them'
complete -c kalends -n '__kalends_at "" 0 1' -a cluster -d 'End an upgrade of the cluster'
complete -c kalends -n '__kalends_at "" 0 1' -a tenants -d 'ls, set'
complete -c kalends -n '__kalends_at "tenants" 0 1' -a ls -d 'List tenants and their limits'
complete -c kalends -n '__kalends_at "tenants" 0 1' -a set -d 'Set a tenant\'s limits'
complete -c kalends -n '__kalends_at "" 0 1' -a doctor -d 'Check this machine and the node'
complete -c kalends -n '__kalends_at "" 0 1' -a backup -d 'Have the node write a backup'
complete -c kalends -n '__kalends_at "" 0 1' -a restore -d 'Make a data directory from a backup'
complete -c kalends -n '__kalends_at "" 0 1' -a node -d 'Start a scheduler node here'
complete -c kalends -n '__kalends_at "" 0 1' -a worker -d 'Execute runs in a process of their own'
complete -c kalends -n '__kalends_at "" 0 1' -a demo -d 'Show within a minute what is promised, kill -9 included'
complete -c kalends -n '__kalends_at "" 0 1' -a bench -d 'Measure a node'
complete -c kalends -n '__kalends_at "" 0 1' -a shell -d 'Type commands in a session of their own'
complete -c kalends -n '__kalends_at "" 0 1' -a completion -d 'Print the script that completes commands in a shell'
complete -c kalends -n '__kalends_at "" 0 1' -a version -d 'Print the version'
complete -c kalends -n 'not __kalends_foreign' -l node -x -d 'nodes to ask (default http://127.0.0.1:7070)'
complete -c kalends -n 'not __kalends_foreign' -s T -l tenant -x -a '(__kalends_names tenant)' -d 'tenant (default: the token\'s own)'
complete -c kalends -n 'not __kalends_foreign' -l token-file -r -F -d 'token to show (default: that of the same user\'s node)'
complete -c kalends -n 'not __kalends_foreign' -s o -l output -x -a 'json ndjson wide name' -d 'json, ndjson, wide or name'
complete -c kalends -n 'not __kalends_foreign' -s q -l quiet -d 'ids only'
complete -c kalends -n 'not __kalends_foreign' -l utc -d 'absolute times in UTC'
complete -c kalends -n 'not __kalends_foreign' -l request-timeout -x -d 'longest wait for an answer, retries included (default 30s)'
complete -c kalends -n 'not __kalends_foreign' -s y -l yes -d 'do not ask'
complete -c kalends -n 'not __kalends_foreign' -l no-color -d 'no colours; so does NO_COLOR'
complete -c kalends -n 'not __kalends_foreign' -l config -r -F -d 'settings (default $XDG_CONFIG_HOME/kalends/kalends.conf)'
complete -c kalends -n 'not __kalends_foreign' -s h -l help -d 'what a command takes'

complete -c kalends -n '__kalends_at "submit"' -s f -l file -r -F -d 'a job a line, as JSON; - is stdin'
complete -c kalends -n '__kalends_at "submit"' -l name -x -d 'name, unique in the tenant'
complete -c kalends -n '__kalends_at "submit"' -l at -x -d 'once, at an instant or a local time: 2026-03-08T02:30, 18:00'
complete -c kalends -n '__kalends_at "submit"' -l in -x -d 'once, after a duration: 90s, 1h30m'
complete -c kalends -n '__kalends_at "submit"' -l every -x -d 'every so often, first one period from now or at --anchor'
complete -c kalends -n '__kalends_at "submit"' -l anchor -x -d 'an instant of the grid of --every'
complete -c kalends -n '__kalends_at "submit"' -l cron -x -d 'five fields, six with seconds first, or @hourly…'
complete -c kalends -n '__kalends_at "submit"' -l after -x -d 'after other jobs (not in this version)'
complete -c kalends -n '__kalends_at "submit"' -l manual -d 'only when triggered'
complete -c kalends -n '__kalends_at "submit"' -l tz -x -a '(__kalends_names zone)' -d 'zone of --cron (default UTC) and of local times (default this machine\'s)'
complete -c kalends -n '__kalends_at "submit"' -l dst -x -a 'cron skip' -d 'cron (default: as cronie does) or skip times that do not exist'
complete -c kalends -n '__kalends_at "submit"' -l from -x -d 'no fire before'
complete -c kalends -n '__kalends_at "submit"' -l until -x -d 'no fire at or after'
complete -c kalends -n '__kalends_at "submit"' -l max-runs -x -d 'at most so many fires'
complete -c kalends -n '__kalends_at "submit"' -l splay -x -d 'spread by a stable amount of up to D'
complete -c kalends -n '__kalends_at "submit"' -l except -r -F -d 'no fire on these days: 2026-12-25, 2026-12-24..2027-01-01, every year 12-25 or 12-24..12-26, with commas between; or the whole-day events of a calendar. By the date in --tz (default UTC); may be repeated'
complete -c kalends -n '__kalends_at "submit"' -l key -x -d 'the same key and job again is the same job; another job: conflict'
complete -c kalends -n '__kalends_at "submit"' -s l -l label -x -d 'label, may be repeated'
complete -c kalends -n '__kalends_at "submit"' -l queue -x -a '(__kalends_names queue)' -d 'queue (default: default)'
complete -c kalends -n '__kalends_at "submit"' -l priority -x -a 'high normal low' -d 'high, normal or low'
complete -c kalends -n '__kalends_at "submit"' -l max-attempts -x -d 'attempts in all, the first included (default 3)'
complete -c kalends -n '__kalends_at "submit"' -l backoff -x -d 'waits between attempts (default 10s..1h)'
complete -c kalends -n '__kalends_at "submit"' -l max-age -x -d 'no attempt later than this after the due instant'
complete -c kalends -n '__kalends_at "submit"' -l timeout -x -d 'longest attempt'
complete -c kalends -n '__kalends_at "submit"' -l deadline -x -d 'latest start after the due instant; else missed'
complete -c kalends -n '__kalends_at "submit"' -l on-lost -x -a 'retry fail' -d 'retry (default) or fail when a worker is lost'
complete -c kalends -n '__kalends_at "submit"' -l retry-on -x -d 'exit statuses that are retried, all others fatal: 75,111'
complete -c kalends -n '__kalends_at "submit"' -l fatal-on -x -d 'exit statuses that are not retried'
complete -c kalends -n '__kalends_at "submit"' -l overlap -x -a 'skip queue allow replace' -d 'skip (default), queue, allow or replace'
complete -c kalends -n '__kalends_at "submit"' -l catch-up -x -a 'last all none' -d 'last (default), all or none of what was missed'
complete -c kalends -n '__kalends_at "submit"' -l limit -x -d 'at most N runs at once of all jobs with this key'
complete -c kalends -n '__kalends_at "submit"' -l env -x -d 'environment variable of the command, may be repeated'
complete -c kalends -n '__kalends_at "submit"' -l cwd -x -a '(__fish_complete_directories)' -d 'directory of the command'
complete -c kalends -n '__kalends_at "submit"' -l user -x -d 'user of the command'
complete -c kalends -n '__kalends_at "submit"' -l stdin -x -d 'stdin of the command: TEXT, @FILE, - (this stdin); @@ is a literal @'
complete -c kalends -n '__kalends_at "submit"' -l sandbox -x -d 'isolation of the command'
complete -c kalends -n '__kalends_at "submit"' -l http -x -a 'GET POST PUT PATCH DELETE HEAD' -d 'call this instead of a command'
complete -c kalends -n '__kalends_at "submit"' -l header -x -d 'header of the call, such as \'Accept: text/plain\''
complete -c kalends -n '__kalends_at "submit"' -l body -x -d 'body of the call: TEXT or @FILE; @@ is a literal @'
complete -c kalends -n '__kalends_at "submit"' -l noop -d 'do nothing, successfully'
complete -c kalends -n '__kalends_at "submit"' -l wait -d 'wait for the run\'s end; status 8 if it did not succeed'
complete -c kalends -n '__kalends_at "submit"' -l follow -d 'the same, with the run\'s output on stdout'
complete -c kalends -n '__kalends_at "submit"' -l wait-timeout -x -d 'wait no longer; then status 9'
complete -c kalends -n '__kalends_at "submit"' -l dry-run -d 'check and show, make nothing'

complete -c kalends -n '__kalends_at "edit"' -l name -x -d 'name, unique in the tenant'
complete -c kalends -n '__kalends_at "edit"' -l at -x -d 'once, at an instant or a local time: 2026-03-08T02:30, 18:00'
complete -c kalends -n '__kalends_at "edit"' -l in -x -d 'once, after a duration: 90s, 1h30m'
complete -c kalends -n '__kalends_at "edit"' -l every -x -d 'every so often, first one period from now or at --anchor'
complete -c kalends -n '__kalends_at "edit"' -l anchor -x -d 'an instant of the grid of --every'
complete -c kalends -n '__kalends_at "edit"' -l cron -x -d 'five fields, six with seconds first, or @hourly…'
complete -c kalends -n '__kalends_at "edit"' -l after -x -d 'after other jobs (not in this version)'
complete -c kalends -n '__kalends_at "edit"' -l manual -d 'only when triggered'
complete -c kalends -n '__kalends_at "edit"' -l tz -x -a '(__kalends_names zone)' -d 'zone of --cron (default UTC) and of local times (default this machine\'s)'
complete -c kalends -n '__kalends_at "edit"' -l dst -x -a 'cron skip' -d 'cron (default: as cronie does) or skip times that do not exist'
complete -c kalends -n '__kalends_at "edit"' -l from -x -d 'no fire before'
complete -c kalends -n '__kalends_at "edit"' -l until -x -d 'no fire at or after'
complete -c kalends -n '__kalends_at "edit"' -l max-runs -x -d 'at most so many fires'
complete -c kalends -n '__kalends_at "edit"' -l splay -x -d 'spread by a stable amount of up to D'
complete -c kalends -n '__kalends_at "edit"' -l except -r -F -d 'no fire on these days: 2026-12-25, 2026-12-24..2027-01-01, every year 12-25 or 12-24..12-26, with commas between; or the whole-day events of a calendar. By the date in --tz (default UTC); may be repeated'
complete -c kalends -n '__kalends_at "edit"' -l key -x -d 'the same key and job again is the same job; another job: conflict'
complete -c kalends -n '__kalends_at "edit"' -s l -l label -x -d 'label, may be repeated'
complete -c kalends -n '__kalends_at "edit"' -l queue -x -a '(__kalends_names queue)' -d 'queue (default: default)'
complete -c kalends -n '__kalends_at "edit"' -l priority -x -a 'high normal low' -d 'high, normal or low'
complete -c kalends -n '__kalends_at "edit"' -l max-attempts -x -d 'attempts in all, the first included (default 3)'
complete -c kalends -n '__kalends_at "edit"' -l backoff -x -d 'waits between attempts (default 10s..1h)'
complete -c kalends -n '__kalends_at "edit"' -l max-age -x -d 'no attempt later than this after the due instant'
complete -c kalends -n '__kalends_at "edit"' -l timeout -x -d 'longest attempt'
complete -c kalends -n '__kalends_at "edit"' -l deadline -x -d 'latest start after the due instant; else missed'
complete -c kalends -n '__kalends_at "edit"' -l on-lost -x -a 'retry fail' -d 'retry (default) or fail when a worker is lost'
complete -c kalends -n '__kalends_at "edit"' -l retry-on -x -d 'exit statuses that are retried, all others fatal: 75,111'
complete -c kalends -n '__kalends_at "edit"' -l fatal-on -x -d 'exit statuses that are not retried'
complete -c kalends -n '__kalends_at "edit"' -l overlap -x -a 'skip queue allow replace' -d 'skip (default), queue, allow or replace'
complete -c kalends -n '__kalends_at "edit"' -l catch-up -x -a 'last all none' -d 'last (default), all or none of what was missed'
complete -c kalends -n '__kalends_at "edit"' -l limit -x -d 'at most N runs at once of all jobs with this key'
complete -c kalends -n '__kalends_at "edit"' -l env -x -d 'environment variable of the command, may be repeated'
complete -c kalends -n '__kalends_at "edit"' -l cwd -x -a '(__fish_complete_directories)' -d 'directory of the command'
complete -c kalends -n '__kalends_at "edit"' -l user -x -d 'user of the command'
complete -c kalends -n '__kalends_at "edit"' -l stdin -x -d 'stdin of the command: TEXT, @FILE, - (this stdin); @@ is a literal @'
complete -c kalends -n '__kalends_at "edit"' -l sandbox -x -d 'isolation of the command'
complete -c kalends -n '__kalends_at "edit"' -l http -x -a 'GET POST PUT PATCH DELETE HEAD' -d 'call this instead of a command'
complete -c kalends -n '__kalends_at "edit"' -l header -x -d 'header of the call, such as \'Accept: text/plain\''
complete -c kalends -n '__kalends_at "edit"' -l body -x -d 'body of the call: TEXT or @FILE; @@ is a literal @'
complete -c kalends -n '__kalends_at "edit"' -l noop -d 'do nothing, successfully'
complete -c kalends -n '__kalends_at "edit"' -l unset -x -d 'back to its default: timeout, until, labels.team, env.DEBUG; may be repeated'
complete -c kalends -n '__kalends_at "edit"' -l dry-run -d 'show what would change, change nothing'
complete -c kalends -n '__kalends_at "edit" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "cancel"' -s l -l label -x -d 'all jobs with this label; several: with all of them'
complete -c kalends -n '__kalends_at "cancel"' -l running -d 'stop what runs now, too: TERM, then KILL'
complete -c kalends -n '__kalends_at "cancel"' -l dry-run -d 'say how many it would be, change nothing'
complete -c kalends -n '__kalends_at "cancel" 0 9999' -a '(__kalends_names job-or-run)'

complete -c kalends -n '__kalends_at "trigger"' -l force -d 'also while another run of it is open, and while it is paused'
complete -c kalends -n '__kalends_at "trigger"' -l wait -d 'wait for the run\'s end; status 8 if it did not succeed'
complete -c kalends -n '__kalends_at "trigger"' -l follow -d 'the same, with the run\'s output on stdout'
complete -c kalends -n '__kalends_at "trigger"' -l wait-timeout -x -d 'wait no longer; then status 9'
complete -c kalends -n '__kalends_at "trigger" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "pause"' -s l -l label -x -d 'all jobs with this label; several: with all of them'
complete -c kalends -n '__kalends_at "pause"' -l all -d 'everything: with -T TENANT all of that tenant, without it all there is'
complete -c kalends -n '__kalends_at "pause"' -l for -x -d 'resume by itself after this; without it somebody must'
complete -c kalends -n '__kalends_at "pause"' -l reason -x -d 'why; shown wherever the pause is'
complete -c kalends -n '__kalends_at "pause" 0 9999' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "resume"' -s l -l label -x -d 'all jobs with this label; several: with all of them'
complete -c kalends -n '__kalends_at "resume"' -l all -d 'everything: with -T TENANT all of that tenant, without it all there is'
complete -c kalends -n '__kalends_at "resume"' -l catch-up -x -a 'last all none' -d 'fires held back: run the last, all, none. Without it: repeating jobs skip them, one-offs run'
complete -c kalends -n '__kalends_at "resume" 0 9999' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "backfill"' -l from -x -d 'first instant: RFC 3339, a local time in the job\'s zone, or how long ago (2d)'
complete -c kalends -n '__kalends_at "backfill"' -l to -x -d 'the stretch ends before this; without it: now'
complete -c kalends -n '__kalends_at "backfill"' -l rate -x -d 'runs made a second, at most (default 5/s)'
complete -c kalends -n '__kalends_at "backfill"' -l cancel -d 'end what goes on; what waits is cancelled, what executes finishes'
complete -c kalends -n '__kalends_at "backfill"' -l dry-run -d 'say what it would do, change nothing'
complete -c kalends -n '__kalends_at "backfill" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "next"' -l cron -x -d 'an expression instead of a job: five fields, six with seconds first, or @hourly…'
complete -c kalends -n '__kalends_at "next"' -l tz -x -a '(__kalends_names zone)' -d 'zone of the expression (default UTC)'
complete -c kalends -n '__kalends_at "next"' -l dst -x -a 'cron skip' -d 'cron (default: as cronie does) or skip times that do not exist'
complete -c kalends -n '__kalends_at "next"' -s n -l count -x -d 'how many (default 5)'
complete -c kalends -n '__kalends_at "next"' -l from -x -d 'first instant to look at, in the schedule\'s zone (default now)'
complete -c kalends -n '__kalends_at "next"' -l explain -d 'say what clock changes, excluded days and splay do'
complete -c kalends -n '__kalends_at "next"' -l except -r -F -d 'no fire on these days: 2026-12-25, 2026-12-24..2027-01-01, every year 12-25 or 12-24..12-26, with commas between; or the whole-day events of a calendar. By the date in --tz (default UTC); may be repeated'
complete -c kalends -n '__kalends_at "next" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "forecast"' -s l -l label -x -d 'only jobs with this label'
complete -c kalends -n '__kalends_at "forecast"' -l from -x -d 'an instant, or a duration from now (default now)'
complete -c kalends -n '__kalends_at "forecast"' -l for -x -d 'how far to look, such as 12h or 7d (default 1d)'
complete -c kalends -n '__kalends_at "forecast"' -l until -x -d 'look up to this instant instead'
complete -c kalends -n '__kalends_at "forecast"' -l step -x -d 'count by 1s, 1m, 1h, … (default 1s up to 2h, 1m up to 2d, else 1h)'
complete -c kalends -n '__kalends_at "forecast"' -l ascii -d 'draw with ASCII only; so does a locale without UTF-8'
complete -c kalends -n '__kalends_at "forecast" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "simulate"' -l outage -x -d 'no node serves from an instant to another: 2026-11-26T01:00, +1h'
complete -c kalends -n '__kalends_at "simulate"' -l kill-leader -x -d 'leadership is lost then; another leader follows 5 s later'
complete -c kalends -n '__kalends_at "simulate"' -l for -x -d 'how long (default: an hour beyond the last fault, or a day without any)'
complete -c kalends -n '__kalends_at "simulate"' -l takes -x -d 'how long a run takes whose job has not run yet (default 100ms)'
complete -c kalends -n '__kalends_at "simulate"' -l slots -x -d 'runs at a time (default: the slots of the live workers)'
complete -c kalends -n '__kalends_at "simulate"' -s l -l label -x -d 'only jobs with this label'
complete -c kalends -n '__kalends_at "simulate"' -s f -l file -r -F -d 'jobs that do not exist yet, one a line as JSON; - is stdin'
complete -c kalends -n '__kalends_at "simulate"' -l tz -x -a '(__kalends_names zone)' -d 'zone of instants without one (default: this machine\'s)'
complete -c kalends -n '__kalends_at "simulate" 0 9999' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "import crontab"' -l tz -x -a '(__kalends_names zone)' -d 'zone of its times (default: this machine\'s), until CRON_TZ says otherwise'
complete -c kalends -n '__kalends_at "import crontab"' -l user-column -d 'each line names its user, as in /etc/crontab (known there and in /etc/cron.d)'
complete -c kalends -n '__kalends_at "import crontab"' -l dry-run -d 'show what would become of each line, make nothing'
complete -c kalends -n '__kalends_at "import crontab" 0 9999' -F

complete -c kalends -n '__kalends_at "export"' -s l -l label -x -d 'only jobs with this label; several: with all of them'
complete -c kalends -n '__kalends_at "export"' -l format -x -a 'ndjson crontab' -d 'ndjson (default), which submit -f reads, or crontab'
complete -c kalends -n '__kalends_at "export"' -l user-column -d 'with crontab: write the user of each line, as in /etc/crontab'
complete -c kalends -n '__kalends_at "export" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "wait"' -l wait-timeout -x -d 'wait no longer in all; then status 9'
complete -c kalends -n '__kalends_at "wait" 0 9999' -a '(__kalends_names job-or-run)'

complete -c kalends -n '__kalends_at "rerun" 0 9999' -a '(__kalends_names run)'

complete -c kalends -n '__kalends_at "ls"' -l state -x -a 'scheduled waiting paused active finished cancelled' -d 'scheduled, waiting, paused, active, finished or cancelled'
complete -c kalends -n '__kalends_at "ls"' -s l -l label -x -d 'only jobs with this label'
complete -c kalends -n '__kalends_at "ls"' -l due-before -x -d 'only jobs due before an instant, or within a duration'
complete -c kalends -n '__kalends_at "ls"' -l limit -x -d 'how many (default 100 on a terminal, else all)'
complete -c kalends -n '__kalends_at "ls"' -l watch -d 'look again every 2 s'
complete -c kalends -n '__kalends_at "ls" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "show" 0 1' -a '(__kalends_names job-or-run)'

complete -c kalends -n '__kalends_at "why" 0 1' -a '(__kalends_names job-or-run)'

complete -c kalends -n '__kalends_at "logs"' -s f -l follow -d 'go on until the run has ended'
complete -c kalends -n '__kalends_at "logs"' -l attempt -x -d 'output of an earlier attempt (default: the last one)'
complete -c kalends -n '__kalends_at "logs" 0 1' -a '(__kalends_names job-or-run)'

complete -c kalends -n '__kalends_at "runs"' -l state -x -a 'ready running retrying succeeded dead cancelled skipped missed' -d 'ready, running, retrying, succeeded, dead, cancelled, skipped or missed'
complete -c kalends -n '__kalends_at "runs"' -l since -x -d 'only runs since an instant, or within a duration'
complete -c kalends -n '__kalends_at "runs"' -l late -x -d 'only runs that started so much after they were due'
complete -c kalends -n '__kalends_at "runs"' -l limit -x -d 'how many (default 100 on a terminal, else all)'
complete -c kalends -n '__kalends_at "runs" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "events"' -s f -l follow -d 'go on with those to come'
complete -c kalends -n '__kalends_at "events" 0 1' -a '(__kalends_names job)'

complete -c kalends -n '__kalends_at "dlq ls"' -l fingerprint -x -d 'killed by this error, as dlq ls prints it'
complete -c kalends -n '__kalends_at "dlq ls"' -l error -x -d 'with an error in which this is found'
complete -c kalends -n '__kalends_at "dlq ls"' -l job -x -a '(__kalends_names job)' -d 'of these jobs, by name with * and ?, or by id'
complete -c kalends -n '__kalends_at "dlq ls"' -l since -x -d 'dead since an instant, or within a duration'
complete -c kalends -n '__kalends_at "dlq ls"' -l limit -x -d 'how many runs (default 20 on a terminal, else all)'

complete -c kalends -n '__kalends_at "dlq show"' -l fingerprint -x -d 'killed by this error, as dlq ls prints it'
complete -c kalends -n '__kalends_at "dlq show"' -l error -x -d 'with an error in which this is found'
complete -c kalends -n '__kalends_at "dlq show"' -l job -x -a '(__kalends_names job)' -d 'of these jobs, by name with * and ?, or by id'
complete -c kalends -n '__kalends_at "dlq show"' -l since -x -d 'dead since an instant, or within a duration'
complete -c kalends -n '__kalends_at "dlq show"' -l limit -x -d 'how many (default 10)'
complete -c kalends -n '__kalends_at "dlq show" 0 9999' -a '(__kalends_names dead)'

complete -c kalends -n '__kalends_at "dlq redrive"' -l fingerprint -x -d 'killed by this error, as dlq ls prints it'
complete -c kalends -n '__kalends_at "dlq redrive"' -l error -x -d 'with an error in which this is found'
complete -c kalends -n '__kalends_at "dlq redrive"' -l job -x -a '(__kalends_names job)' -d 'of these jobs, by name with * and ?, or by id'
complete -c kalends -n '__kalends_at "dlq redrive"' -l since -x -d 'dead since an instant, or within a duration'
complete -c kalends -n '__kalends_at "dlq redrive"' -l all -d 'all dead letters'
complete -c kalends -n '__kalends_at "dlq redrive"' -l rate -x -d 'how fast: N/s, N/m or N/h (default 5/s)'
complete -c kalends -n '__kalends_at "dlq redrive"' -l canary -d 'one first, when it succeeds ten, then all; stop when one dies again: status 8'
complete -c kalends -n '__kalends_at "dlq redrive"' -l dry-run -d 'say how many it would be, change nothing'
complete -c kalends -n '__kalends_at "dlq redrive" 0 9999' -a '(__kalends_names dead)'

complete -c kalends -n '__kalends_at "dlq discard"' -l fingerprint -x -d 'killed by this error, as dlq ls prints it'
complete -c kalends -n '__kalends_at "dlq discard"' -l error -x -d 'with an error in which this is found'
complete -c kalends -n '__kalends_at "dlq discard"' -l job -x -a '(__kalends_names job)' -d 'of these jobs, by name with * and ?, or by id'
complete -c kalends -n '__kalends_at "dlq discard"' -l since -x -d 'dead since an instant, or within a duration'
complete -c kalends -n '__kalends_at "dlq discard"' -l all -d 'all dead letters'
complete -c kalends -n '__kalends_at "dlq discard"' -l dry-run -d 'say how many it would be, change nothing'
complete -c kalends -n '__kalends_at "dlq discard" 0 9999' -a '(__kalends_names dead)'

complete -c kalends -n '__kalends_at "top"' -l read-only -d 'hide and refuse everything that changes something'
complete -c kalends -n '__kalends_at "top"' -l slow -d 'one frame a second instead of four, for slow lines'
complete -c kalends -n '__kalends_at "top"' -l ascii -d 'draw with ASCII alone, for poor terminals'


complete -c kalends -n '__kalends_at "handoff"' -l since -x -d 'from so long ago, or from an instant on (default 12h)'

complete -c kalends -n '__kalends_at "audit"' -l since -x -d 'from so long ago, or from an instant on (default 1d)'

complete -c kalends -n '__kalends_at "stats"' -l watch -d 'look again every 2 s'

complete -c kalends -n '__kalends_at "leases"' -l partitions -d 'who leads which partition'
complete -c kalends -n '__kalends_at "leases"' -l runs -d 'who runs what (programs get this when neither is said, people both)'
complete -c kalends -n '__kalends_at "leases"' -l left-under -x -d 'only leases with less time left'
complete -c kalends -n '__kalends_at "leases"' -l token -x -d 'release only the lease with this token, as leases --runs prints it'
complete -c kalends -n '__kalends_at "leases" 0 1' -a 'release'
complete -c kalends -n '__kalends_at "leases" 1 2' -a '(__kalends_names run)'


complete -c kalends -n '__kalends_at "nodes" 0 1' -a 'ls drain undrain step-down'
complete -c kalends -n '__kalends_at "nodes" 1 2' -a '(__kalends_names node)'

complete -c kalends -n '__kalends_at "queues" 0 1' -a 'ls add rm'
complete -c kalends -n '__kalends_at "queues" 1 2' -a '(__kalends_names queue)'

complete -c kalends -n '__kalends_at "cluster"' -l dry-run -d 'only say whether it could be done'
complete -c kalends -n '__kalends_at "cluster" 0 1' -a 'finalize'


complete -c kalends -n '__kalends_at "tenants set"' -l submit-rate -x -d 'jobs a second, or unlimited'
complete -c kalends -n '__kalends_at "tenants set"' -l burst -x -d 'jobs at once, before the rate counts (default: what a second allows)'
complete -c kalends -n '__kalends_at "tenants set" 0 1' -a '(__kalends_names tenant)'

complete -c kalends -n '__kalends_at "doctor"' -l ready -d 'only whether the node takes work'
complete -c kalends -n '__kalends_at "doctor"' -l data-dir -x -a '(__fish_complete_directories)' -d 'where the node keeps its data (default: as kalends node)'

complete -c kalends -n '__kalends_at "backup" 0 1' -a '(__fish_complete_directories)'

complete -c kalends -n '__kalends_at "restore"' -l data-dir -x -a '(__fish_complete_directories)' -d 'a new or empty directory (default: as kalends node)'
complete -c kalends -n '__kalends_at "restore"' -l partitions -x -d 'another number of them: jobs get new ids (default: as in the backup; cluster: as its topic, else 8)'
complete -c kalends -n '__kalends_at "restore"' -l run-due -d 'let one-offs run that came due since: perhaps for the second time'
complete -c kalends -n '__kalends_at "restore"' -l kafka -x -d 'into a new cluster: its brokers'
complete -c kalends -n '__kalends_at "restore"' -l kafka-properties -r -F -d 'further settings of Kafka\'s clients, such as TLS and login'
complete -c kalends -n '__kalends_at "restore"' -l etcd -x -d 'where the nodes of the cluster meet'
complete -c kalends -n '__kalends_at "restore"' -l zookeeper -x -d 'the same, by ZooKeeper'
complete -c kalends -n '__kalends_at "restore"' -l cluster -x -d 'the cluster\'s name; none of its nodes may run, its journal must be empty'
complete -c kalends -n '__kalends_at "restore" 0 1' -a '(__fish_complete_directories)'

complete -c kalends -n '__kalends_at "node"' -l data-dir -x -a '(__fish_complete_directories)' -d 'where everything is kept (root: /var/lib/kalends)'
complete -c kalends -n '__kalends_at "node"' -l listen -x -d 'default 127.0.0.1:7070; port 0 is any free one'
complete -c kalends -n '__kalends_at "node"' -l workers -x -d 'executions at a time in this process (default 16)'
complete -c kalends -n '__kalends_at "node"' -l no-worker -d 'none: workers are processes of their own'
complete -c kalends -n '__kalends_at "node"' -l partitions -x -d 'of a new store or cluster, fixed then (default 1; cluster 8)'
complete -c kalends -n '__kalends_at "node"' -l skew-slo -x -d 'how late a start may be (default 1s)'
complete -c kalends -n '__kalends_at "node"' -l history-max -x -d 'bytes of history (not in this version)'
complete -c kalends -n '__kalends_at "node"' -l drain-timeout -x -d 'how long runs may go on after SIGTERM (default 30s)'
complete -c kalends -n '__kalends_at "node"' -l node-id -x -d 'name of this node (default n1)'
complete -c kalends -n '__kalends_at "node"' -l alert-webhook -x -d 'where alerts are POSTed, when they begin and when they end'
complete -c kalends -n '__kalends_at "node"' -l alert-webhook-token-file -r -F -d 'holds the bearer token that goes with them'
complete -c kalends -n '__kalends_at "node"' -l access-log -d 'a line in the log for each request'
complete -c kalends -n '__kalends_at "node"' -l insecure -d 'listen beyond loopback without TLS'
complete -c kalends -n '__kalends_at "node"' -l kafka -x -d 'brokers: this node is one of a cluster'
complete -c kalends -n '__kalends_at "node"' -l kafka-properties -r -F -d 'further settings of Kafka\'s clients, such as TLS and login'
complete -c kalends -n '__kalends_at "node"' -l etcd -x -d 'where the nodes of the cluster meet'
complete -c kalends -n '__kalends_at "node"' -l zookeeper -x -d 'the same, by ZooKeeper'
complete -c kalends -n '__kalends_at "node"' -l cluster -x -d 'the cluster\'s name'
complete -c kalends -n '__kalends_at "node"' -l standby -x -d 'nodes that hold a partition beside its leader; the same on all nodes (default all)'
complete -c kalends -n '__kalends_at "node"' -l advertise -x -d 'where other nodes reach this one (default: --listen)'

complete -c kalends -n '__kalends_at "worker"' -l slots -x -d 'executions at a time (default 16)'
complete -c kalends -n '__kalends_at "worker"' -l queue -x -a '(__kalends_names queue)' -d 'queues to take work from (default default)'
complete -c kalends -n '__kalends_at "worker"' -l sandbox -x -d 'isolation that jobs get (not in this version)'
complete -c kalends -n '__kalends_at "worker"' -l kafka -x -d 'not needed: a worker speaks to the nodes of a cluster'

complete -c kalends -n '__kalends_at "demo"' -l keep -d 'keep the directory with the node\'s data and the jobs\' file'

complete -c kalends -n '__kalends_at "bench"' -l rate -x -d 'fires or submits a second (default 500); submit: at a rate that does not wait'
complete -c kalends -n '__kalends_at "bench"' -l for -x -d 'how long it is measured (default 20s; endurance 10m)'
complete -c kalends -n '__kalends_at "bench"' -l warmup -x -d 'how long before that, not measured (default 30s)'
complete -c kalends -n '__kalends_at "bench"' -l jobs -x -d 'how many jobs are submitted, or wait (default 100000)'
complete -c kalends -n '__kalends_at "bench"' -l repeat -x -d 'how often; medians, least and greatest are shown (default 1)'
complete -c kalends -n '__kalends_at "bench"' -l hdr -r -F -d 'write every value to a log of HdrHistogram\'s'
complete -c kalends -n '__kalends_at "bench"' -l slots -x -d 'workers of the node that is started (default 64)'
complete -c kalends -n '__kalends_at "bench"' -l over -x -d 'store: the jobs are due all over this time (default 365d)'
complete -c kalends -n '__kalends_at "bench"' -l batch -x -d 'store: jobs a commit (default 8192, as a busy node)'
complete -c kalends -n '__kalends_at "bench"' -l named -d 'store: give each job a name and a key'
complete -c kalends -n '__kalends_at "bench"' -l recurring -d 'store: each job repeats'
complete -c kalends -n '__kalends_at "bench"' -l cancelled -d 'store: cancel all of them in the end'
complete -c kalends -n '__kalends_at "bench"' -l keep -x -a '(__fish_complete_directories)' -d 'store: leave it there, for --on DIR'
complete -c kalends -n '__kalends_at "bench"' -l on -x -a '(__fish_complete_directories)' -d 'start the node on what bench store left, and leave it there'
complete -c kalends -n '__kalends_at "bench"' -l here -d 'measure the node named by --node, as tenant bench'
complete -c kalends -n '__kalends_at "bench" 0 1' -a 'submit herd steady backlog restart endurance store'

complete -c kalends -n '__kalends_at "shell"' -s e -l exit-on-error -d 'from a pipe: stop at the first command that fails'

complete -c kalends -n '__kalends_at "completion" 0 1' -a 'bash zsh fish'

