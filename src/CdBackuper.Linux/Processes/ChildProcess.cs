using CdBackuper.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace CdBackuper.Linux.Processes;

/// <summary>A started child: its output, its end, and signals to it. Of one thread; not reaped until <see cref="Reap"/>.</summary>
internal sealed unsafe class ChildProcess : IDisposable
{
    private const nint PidfdOpen = 434;
    private const int OfProcess = 1;
    private const int Exited = 4;
    private const int NoHang = 1;
    private const int LeaveZombie = 0x01000000;
    private const uint CloseMemoryFileOnExec = 1;

    /// <summary>So many bytes a pipe takes without anybody reading (PIPE_BUF, pipe(7)).</summary>
    private const int PipeBytes = 4096;

    private readonly int id;
    private readonly SafeFileHandle end;

    private ChildProcess(int id, SafeFileHandle output)
    {
        this.id = id;
        Output = output;
        // Linux 5.3. Where it is missing or forbidden the handle is invalid (-1), and who waits has to look now and then.
        end = new((nint)(int)ProcessCalls.SystemCall(PidfdOpen, id, 0), ownsHandle: true);
    }

    /// <summary>Standard output and standard error in one.</summary>
    internal SafeFileHandle Output { get; }

    /// <summary>Readable once the child has ended; -1 where the kernel has no such thing.</summary>
    internal int EndDescriptor => (int)end.DangerousGetHandle();

    /// <exception cref="IOException">It could not be started: too many open files or processes, not executable …</exception>
    internal static ChildProcess Start(
        string path, IReadOnlyCollection<string> arguments, IReadOnlyCollection<string> environment, string answer)
    {
        var ends = stackalloc int[2];
        if (ProcessCalls.Pipe(ends, OpenFlags.CloseOnExec) != 0)
        {
            throw new IOException($"{path} could not be started: {Errno.Text(Errno.Last)}.");
        }

        var output = new SafeFileHandle(ends[0], ownsHandle: true);
        using var input = new SafeFileHandle(ends[1], ownsHandle: true);
        using var question = AnswerPipe(answer, path);
        using var attributes = new SpawnAttributes(input, question);
        using var programName = new StringTable([path]);
        using var argumentTable = new StringTable(arguments);
        using var environmentTable = new StringTable(environment);
        var errno = ProcessCalls.Spawn(
            out var id,
            programName.Pointer[0],
            attributes.FileActions,
            attributes.Attributes,
            argumentTable.Pointer,
            environmentTable.Pointer);
        if (errno == 0)
        {
            return new(id, output);
        }

        output.Dispose();
        throw new IOException($"{path} could not be started: {Errno.Text(errno)}.");
    }

    /// <returns>Something to read the answer from; null for no answer.</returns>
    private static SafeFileHandle? AnswerPipe(string answer, string path)
    {
        if (answer.Length == 0)
        {
            return null;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(answer);
        if (bytes.Length > PipeBytes)
        {
            return MemoryFile(bytes, path);
        }

        var ends = stackalloc int[2];
        if (ProcessCalls.Pipe(ends, OpenFlags.CloseOnExec) != 0)
        {
            throw new IOException($"{path} could not be started: {Errno.Text(Errno.Last)}.");
        }

        using var writer = new SafeFileHandle(ends[1], ownsHandle: true);
        fixed (byte* start = bytes)
        {
            _ = LibC.Write(writer, start, (nuint)bytes.Length);
        }

        return new(ends[0], ownsHandle: true);
    }

    /// <summary>A file without a name, which is read from its start and gone with its last reader (memfd_create(2), Linux 3.17).</summary>
    private static SafeFileHandle MemoryFile(byte[] bytes, string path)
    {
        var file = new SafeFileHandle(ProcessCalls.MakeMemoryFile("answer", CloseMemoryFileOnExec), ownsHandle: true);
        if (file.IsInvalid)
        {
            throw new IOException($"{path} could not be started: {Errno.Text(Errno.Last)}.");
        }

        // Written at a place, so that the position, which the child inherits, stays at the start.
        RandomAccess.Write(file, bytes, 0);
        return file;
    }

    /// <summary>Reads what waits; blocks where nothing does, so poll first.</summary>
    /// <returns>How many bytes; 0 at the end; -1 when a signal came between.</returns>
    internal int ReadOutput(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            var count = LibC.Read(Output, start, (nuint)buffer.Length);
            return count < 0 && Errno.Last != Errno.EINTR ? 0 : (int)count;
        }
    }

    /// <summary>Sends a signal to the child and to its children. Only before <see cref="Reap"/>: till then the number is its own.</summary>
    internal void Signal(int signal) => _ = ProcessCalls.Kill(-id, signal);

    /// <returns>True once it has ended, without reaping it.</returns>
    internal bool HasEnded()
    {
        var result = stackalloc byte[128];
        new Span<byte>(result, 128).Clear();
        var failed = ProcessCalls.Wait(OfProcess, (uint)id, result, Exited | NoHang | LeaveZombie) != 0;
        return (failed && Errno.Last != Errno.EINTR) || (!failed && *(int*)(result + 16) != 0);
    }

    /// <summary>Takes the ended child out of the kernel's table; waits where it has not ended.</summary>
    /// <returns>Its exit code or the signal that ended it; neither where the kernel does not tell.</returns>
    internal (int? ExitCode, int? Signal) Reap()
    {
        // siginfo_t: si_code at 8 (1 = CLD_EXITED, else a signal), si_status at 24
        var result = stackalloc byte[128];
        while (ProcessCalls.Wait(OfProcess, (uint)id, result, Exited) != 0)
        {
            if (Errno.Last != Errno.EINTR)
            {
                return (null, null);
            }
        }

        var status = *(int*)(result + 24);
        return *(int*)(result + 8) == 1 ? (status, null) : (null, status);
    }

    public void Dispose()
    {
        Output.Dispose();
        end.Dispose();
    }
}
