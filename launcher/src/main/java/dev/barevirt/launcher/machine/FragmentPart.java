package dev.barevirt.launcher.machine;

/** What fragments are made of. */
public sealed interface FragmentPart permits Backend, Frontend, MachineOption, Refusal, Sidecar {}
