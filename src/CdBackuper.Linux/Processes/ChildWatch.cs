using System.Diagnostics;
using System.Runtime.ExceptionServices;
using CdBackuper.Linux.Native;

namespace CdBackuper.Linux.Processes;

/// <summary>One run of a child, from its start to its end: running, asked to end, killed, given up.</summary>
internal sealed class ChildWatch(
    ChildProcess child,
    WakeUpCall wakeUp,
    TimeSpan grace,
    Action<ReadOnlyMemory<byte>>? onOutput,
    CancellationToken cancellationToken)
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Peek = TimeSpan.FromMilliseconds(50);
    private readonly byte[] buffer = new byte[65536];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private Phase phase = Phase.Running;
    private TimeSpan deadline = TimeSpan.MaxValue;
    private bool outputIsOpen = true;
    private ExceptionDispatchInfo? listenerFailure;

    private enum Phase
    {
        Running,
        Interrupted,
        Killed,
    }

    internal ChildOutcome Run()
    {
        using var late = new LateKill(child, grace < Longest ? grace : Longest, cancellationToken);
        return Watch(late);
    }

    private ChildOutcome Watch(LateKill late)
    {
        while (!child.HasEnded())
        {
            MoveOn();
            if (phase == Phase.Killed && clock.Elapsed >= deadline)
            {
                late.Forget();
                return GiveUp();
            }

            Span<PollEntry> entries =
            [
                new(child.EndDescriptor),
                new(outputIsOpen ? (int)child.Output.DangerousGetHandle() : -1),
                new(phase == Phase.Running ? wakeUp.Descriptor : -1),
            ];
            var limit = deadline - clock.Elapsed;
            PollEntry.Wait(entries, child.EndDescriptor < 0 && limit > Peek ? Peek : limit);
            if (entries[1].IsReady)
            {
                PassOnOutput();
            }
        }

        phase = late.Forget() ? Phase.Killed : phase;
        return Finish();
    }

    private void MoveOn()
    {
        if (phase == Phase.Running && (cancellationToken.IsCancellationRequested || listenerFailure is not null))
        {
            child.Signal(Signals.Interrupt);
            phase = Phase.Interrupted;
            deadline = clock.Elapsed + (grace < Longest ? grace : Longest);
        }

        if (phase == Phase.Interrupted && clock.Elapsed >= deadline)
        {
            child.Signal(Signals.Kill);
            phase = Phase.Killed;
            deadline = clock.Elapsed + AfterKill;
        }
    }

    private ChildOutcome Finish()
    {
        // What it started and left behind goes too: while it is a zombie its number, the group's, is nobody else's.
        child.Signal(Signals.Kill);
        // What it started may hold the pipe a moment longer, so the end is "nothing waits", not "closed".
        while (outputIsOpen && OutputWaits())
        {
            PassOnOutput();
        }

        var (exitCode, signal) = child.Reap();
        listenerFailure?.Throw();
        return Outcome(exitCode, signal, isStuck: false);
    }

    private ChildOutcome GiveUp()
    {
        // Should the kernel let go of it one day, it must not stay a zombie.
        new Thread(() => child.Reap()) { IsBackground = true, Name = "waits for a stuck child" }.Start();
        listenerFailure?.Throw();
        return Outcome(exitCode: null, signal: null, isStuck: true);
    }

    private ChildOutcome Outcome(int? exitCode, int? signal, bool isStuck) =>
        new(exitCode, signal, phase != Phase.Running, phase == Phase.Killed, isStuck, clock.Elapsed);

    private bool OutputWaits()
    {
        Span<PollEntry> entries = [new((int)child.Output.DangerousGetHandle())];
        PollEntry.Wait(entries, TimeSpan.Zero);
        return entries[0].IsReady;
    }

    private void PassOnOutput()
    {
        var count = child.ReadOutput(buffer);
        if (count <= 0)
        {
            outputIsOpen = count < 0;
            return;
        }

        try
        {
            // after a failure it is read on all the same, so that the child can end and does not wait at a full pipe
            if (listenerFailure is null)
            {
                onOutput?.Invoke(buffer.AsMemory(0, count));
            }
        }
#pragma warning disable CA1031 // whatever the listener throws: the child is ended first, then it is thrown again
        catch (Exception failure)
#pragma warning restore CA1031
        {
            listenerFailure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
