package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// folder holds the volumes of a node, a folder each: with `data`, or with `image` and the block device `device` that
// is the loop device of that image. Every act may be repeated.
type folder string

// makeDirectory answers the path of a folder that every user may write to; a pod's fsGroup changes that.
func (f folder) makeDirectory(name string) (string, error) {
	path := f.path(name, "data")
	if err := os.MkdirAll(path, 0o777); err != nil {
		return "", err
	}
	return path, os.Chmod(path, 0o777)
}

// makeDevice answers the path of a block device of size bytes, rounded up to MiB, that takes no space until written.
func (f folder) makeDevice(ctx context.Context, name string, size int64) (string, error) {
	if err := os.MkdirAll(f.path(name), 0o700); err != nil {
		return "", err
	}
	image, err := os.OpenFile(f.path(name, "image"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	defer image.Close()
	const mebibyte = 1 << 20
	if err := image.Truncate((size + mebibyte - 1) / mebibyte * mebibyte); err != nil {
		return "", err
	}
	return f.path(name, "device"), f.attach(ctx, name)
}

// restore attaches what a restart of the machine has detached.
func (f folder) restore(ctx context.Context) error {
	images, err := filepath.Glob(f.path("*", "image"))
	if err != nil {
		return err
	}
	for _, image := range images {
		if err := f.attach(ctx, filepath.Base(filepath.Dir(image))); err != nil {
			return err
		}
	}
	return nil
}

func (f folder) remove(ctx context.Context, name string) error {
	for _, backing := range []string{"device", "image"} {
		if err := detach(ctx, f.path(name, backing)); err != nil {
			return err
		}
	}
	return os.RemoveAll(f.path(name))
}

func (f folder) path(parts ...string) string {
	return filepath.Join(append([]string{string(f)}, parts...)...)
}

func (f folder) attach(ctx context.Context, name string) error {
	loop, err := losetup(ctx, "--nooverlap", "--find", "--show", f.path(name, "image"))
	if err != nil {
		return err
	}
	var stat syscall.Stat_t
	if err := syscall.Stat(loop, &stat); err != nil {
		return fmt.Errorf("cannot look at the loop device %s: %w", loop, err)
	}
	device := f.path(name, "device")
	if err := os.Remove(device); err != nil && !os.IsNotExist(err) {
		return err
	}
	return syscall.Mknod(device, syscall.S_IFBLK|0o660, int(stat.Rdev))
}

// detach frees every loop device whose backing is this very file, whatever name it was opened by.
func detach(ctx context.Context, backing string) error {
	if _, err := os.Stat(backing); err != nil {
		if os.IsNotExist(err) {
			return nil
		}
		return &fs.PathError{Op: "detach", Path: backing, Err: err}
	}
	lines, err := losetup(ctx, "--associated", backing)
	if err != nil {
		return err
	}
	for _, line := range strings.Fields(lines) {
		if loop, _, found := strings.Cut(line, ":"); found && strings.HasPrefix(loop, "/dev/loop") {
			if _, err := losetup(ctx, "--detach", loop); err != nil {
				return err
			}
		}
	}
	return nil
}

func losetup(ctx context.Context, arguments ...string) (string, error) {
	output, err := exec.CommandContext(ctx, "losetup", arguments...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("losetup %s: %w: %s", strings.Join(arguments, " "), err, strings.TrimSpace(string(output)))
	}
	return strings.TrimSpace(string(output)), nil
}
