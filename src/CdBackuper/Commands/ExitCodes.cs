using CdBackuper.Jobs;

namespace CdBackuper.Commands;

/// <summary>The exit codes, decided here alone. Other programs rely on them: docs/operations.md lists them.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Damaged = 3;
    public const int Unreadable = 4;
    public const int Interrupted = 130;

    public static int Of(DiscEnd end) => end switch
    {
        DiscEnd.Whole or DiscEnd.AlreadyWhole => Success,
        DiscEnd.Damaged or DiscEnd.UnknownFileSystem => Damaged,
        DiscEnd.Unreadable => Unreadable,
        DiscEnd.Interrupted => Interrupted,
        DiscEnd.NotADisc => Usage,
        DiscEnd.DriveFailed or DiscEnd.ArchiveFailed => Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "An end without an exit code."),
    };
}
