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
