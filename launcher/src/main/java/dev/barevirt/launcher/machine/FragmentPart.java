package dev.barevirt.launcher.machine;

/** What fragments are made of. */
public sealed interface FragmentPart
    permits Backend, FileCopy, Frontend, MachineOption, Refusal, Sidecar {}
