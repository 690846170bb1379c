package dev.barevirt.virtctl.command;

import dev.barevirt.virtctl.flag.Arguments;
import dev.barevirt.virtctl.flag.Outline;
import dev.barevirt.virtctl.flag.UsageException;

/** {@code completion bash|zsh|fish}: scripts that ask us what may follow. */
public final class CompletionCommand implements Command {
  private static final String BASH =
      """
      # bash completion for virtctl. Load it with: source <(virtctl completion bash)
      _virtctl() {
        local IFS=$'\\n' word=${COMP_WORDS[COMP_CWORD]}
        COMPREPLY=($(virtctl __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        [ "${#COMPREPLY[@]}" != 1 ] || [[ ${COMPREPLY[0]} == *[/=] ]] || COMPREPLY=("${COMPREPLY[0]} ")
      }
      complete -o default -o nospace -F _virtctl virtctl
      """;
  private static final String ZSH =
      """
      #compdef virtctl
      # zsh completion for virtctl. Load it with: source <(virtctl completion zsh)
      _virtctl() {
        local -a found
        found=("${(@f)$(virtctl __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        if [[ -n ${found[1]} ]]; then compadd -- "${found[@]}"; else _files; fi
      }
      compdef _virtctl virtctl
      """;
  private static final String FISH =
      """
      # fish completion for virtctl. Load it with: virtctl completion fish | source
      function __virtctl_candidates
        set -l words (commandline -opc) (commandline -ct)
        virtctl __complete $words[2..-1] 2>/dev/null
      end
      complete -c virtctl -a '(__virtctl_candidates)'
      """;

  @Override
  public Outline outline() {
    return Outline.of(
            "completion",
            "bash|zsh|fish",
            1,
            "Print a script that completes command lines in a shell")
        .showing("completion bash", "completion zsh", "completion fish");
  }

  @Override
  public int run(Session session, Arguments arguments) {
    String shell = arguments.positional().getFirst();
    session
        .out()
        .text(
            switch (shell) {
              case "bash" -> BASH;
              case "zsh" -> ZSH;
              case "fish" -> FISH;
              default ->
                  throw new UsageException(
                      "there is no completion for \"%s\"; shells are bash, zsh and fish"
                          .formatted(shell));
            });
    return DONE;
  }
}
