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
