namespace CdBackuper.Linux.Processes;

/// <summary>Signal numbers (signal(7), the same on x64 and arm64).</summary>
internal static class Signals
{
    internal const int Interrupt = 2;
    internal const int Kill = 9;
}
