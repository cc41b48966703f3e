using CdBackuper.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Processes;

/// <summary>What a child starts with: its descriptors, process group and signals (posix_spawn(3)).</summary>
internal sealed unsafe class SpawnAttributes : IDisposable
{
    /// <summary>POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK (spawn.h).</summary>
    private const short Flags = 0x02 | 0x04 | 0x08;

    // glibc's types have 80, 336 and 128 bytes, musl's fewer.
    private readonly AlignedBuffer memory = new(4096);

    internal SpawnAttributes(SafeFileHandle output, SafeFileHandle? input)
    {
        memory.Bytes.Clear();
        Check(ProcessCalls.InitFileActions(FileActions));
        Check(ProcessCalls.InitAttributes(Attributes));
        // One pipe for both, so that what is written first comes first. Standard input last: should the pipe have got
        // descriptor 0 it has been copied by then.
        Check(ProcessCalls.AddDuplicate(FileActions, output, 1));
        Check(ProcessCalls.AddDuplicate(FileActions, output, 2));
        Check(input is null
            ? ProcessCalls.AddOpen(FileActions, 0, "/dev/null", OpenFlags.ReadOnly, 0)
            : ProcessCalls.AddDuplicate(FileActions, input, 0));
        // A group of its own: Ctrl-C at our terminal is ours to pass on, and the child's children are reached too.
        Check(ProcessCalls.SetFlags(Attributes, Flags));
        // All signals get their default action and none is blocked: after `nohup` or `&` in a shell we were started with
        // SIGINT ignored, and a child that inherited this could not be interrupted. All of 1 … 31 but SIGKILL and SIGSTOP.
        *(ulong*)SignalSet = 0x7FFFFFFFUL & ~(1UL << 8) & ~(1UL << 18);
        Check(ProcessCalls.SetDefaultSignals(Attributes, SignalSet));
        *(ulong*)SignalSet = 0;
        Check(ProcessCalls.SetSignalMask(Attributes, SignalSet));
    }

    internal byte* FileActions => (byte*)memory.DangerousGetHandle();

    internal byte* Attributes => FileActions + 1024;

    private byte* SignalSet => FileActions + 2048;

    public void Dispose()
    {
        _ = ProcessCalls.DestroyFileActions(FileActions);
        _ = ProcessCalls.DestroyAttributes(Attributes);
        memory.Dispose();
    }

    private static void Check(int errno)
    {
        if (errno != 0)
        {
            throw new IOException($"A program could not be started: {Errno.Text(errno)}.");
        }
    }
}
