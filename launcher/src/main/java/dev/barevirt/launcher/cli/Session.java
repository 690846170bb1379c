package dev.barevirt.launcher.cli;

import dev.barevirt.launcher.cli.output.Output;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command is given to work with.
 *
 * @param globals the global options; filled once the arguments are parsed
 * @param out where everything is said
 * @param in the user's input
 * @param environment the process's variables
 * @param directory where relative paths of the command line start
 */
record Session(
    Globals globals, Output out, InputStream in, Map<String, String> environment, Path directory) {}
