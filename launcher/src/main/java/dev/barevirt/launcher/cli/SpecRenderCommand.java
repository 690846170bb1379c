package dev.barevirt.launcher.cli;

import dev.barevirt.api.v1.VirtualMachineInstance;
import dev.barevirt.launcher.cli.spec.MachineFlags;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "render",
    description =
        "Prints the manifest that flags and files stand for, or the QEMU command it becomes, and"
            + " runs nothing.",
    footer = {
      "  launcher spec render --kernel vmlinuz -p 2222:22 > vmi.yaml",
      "  launcher spec render -f vmi.yaml --as shell"
    })
final class SpecRenderCommand implements Action {
  private final Session session;

  @Mixin final MachineFlags machine = new MachineFlags();

  @Option(
      names = "--as",
      paramLabel = "spec|argv|json|shell",
      description = "What to print (default: spec)")
  DryRun form = DryRun.SPEC;

  SpecRenderCommand(Session session) {
    this.session = session;
  }

  @Override
  public int run() throws InterruptedException {
    VirtualMachineInstance vmi = new Manifests(session).of(machine);
    return form.print(session, vmi);
  }
}
