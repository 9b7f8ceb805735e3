# Names as a node knows them; _arguments puts words of its own before the kind.
_kalends_names() {
    local -a found
    local entry name kind=$argv[-1]
    for entry in "${(@f)$("$kalends_program" $kalends_asked __complete $kind -- "${(Q)PREFIX}" 2>/dev/null </dev/null)}"; do
        [[ -n $entry ]] || continue
        name=${entry%%$'\t'*}
        if [[ $entry == *$'\t'* ]]; then
            found+=("${name//:/\\:}:${entry#*$'\t'}")
        else
            found+=("${name//:/\\:}")
        fi
    done
    (( $#found )) && _describe -t names $kind found
}

_kalends() {
    local curcontext=$curcontext kalends_program ret=1
    local -a kalends_asked reply line state
    local -A opt_args
    integer at dashes=${words[(i)--]}
    kalends_program=${~${(Q)words[1]}}
    # After -- comes a program with words of its own.
    if (( dashes < CURRENT )); then
        words=("${(@)words[dashes + 1, -1]}")
        (( CURRENT -= dashes ))
        _normal
        return
    fi
    for (( at = 2; at < CURRENT; at++ )); do
        case $words[at] in
        --node=*|--tenant=*|--token-file=*|--config=*) kalends_asked+=("${(Q)words[at]}") ;;
        --node|-T|--tenant|--token-file|--config)
            (( at + 1 < CURRENT )) && kalends_asked+=($words[at] "${(Q)words[at + 1]/#\~\//$HOME/}")
            ;;
        esac
    done
    _kalends_global_specs
    _arguments -C -s -S $reply '1: :_kalends_commands' '*:: :->rest' && ret=0
    [[ $state == rest ]] && _kalends_dispatch && ret=0
    return ret
}

# As a file of $fpath the first call both defines and completes.
if [[ $funcstack[1] == _kalends ]]; then
    _kalends "$@"
fi
