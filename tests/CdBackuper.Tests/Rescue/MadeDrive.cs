using CdBackuper.Linux.Drives;
using CdBackuper.Media.Sectors;
using CdBackuper.Tests.Volumes;

namespace CdBackuper.Tests.Rescue;

/// <summary>A drive in memory whose disc can be changed, and which says so as a kernel does. ddrescue reads a file beside it.</summary>
internal sealed class MadeDrive(string sourcePath, ScratchedDisc first) : IDrive
{
    private ScratchedDisc? content = first;
    private int mark;

    public string Name => "made";

    public string Path => sourcePath;

    /// <summary>How far the block device reaches; null for all of it.</summary>
    public long? ReachableLength { get; init; }

    /// <summary>True for a block device that shrinks to that length in the first pass.</summary>
    public bool ShrinksInUse { get; init; }

    /// <summary>After so many times that it was asked whether its disc was changed, it is gone.</summary>
    public int AnswersLeft { get; set; } = int.MaxValue;

    public int Opened { get; private set; }

    /// <param name="disc">What lies in it from now on; null for none.</param>
    /// <param name="isNoticed">False where the drive does not say so: it is the same disc, read differently.</param>
    public void Change(ScratchedDisc? disc, bool isNoticed = true)
    {
        content = disc;
        mark += isNoticed ? 1 : 0;
    }

    public DriveModel ReadModel() => new("MADE", "DRIVE", "1", null);

    public DriveState ReadState() => content is null ? DriveState.Empty : DriveState.Loaded;

    public bool ReadMediaChanged() => false;

    public IDisc OpenDisc()
    {
        Opened++;
        return content is null ? throw new DriveFaultException(DriveFault.DiscGone, "There is none.") : new MadeDisc(this, content);
    }

    public void Eject()
    {
    }

    private sealed class MadeDisc(MadeDrive drive, ScratchedDisc content) : IDisc
    {
        private int mark = drive.mark;
        private bool wasAsked;

        public string SourcePath => drive.Path;

        public long LengthBytes => content.Bytes.Length;

        public long SectorCount => content.SectorCount;

        public Toc? Toc => null;

        public string Kind => "made disc";

        public bool SupportsDirectReads => false;

        public bool HasPlainSectors => true;

        public ByteSet Gaps => ByteSet.Empty;

        public IReadOnlyList<string> Remarks => [];

        public bool TryRead(long sector, Span<byte> buffer) => drive.content?.TryRead(sector, buffer) == true;

        public long ReadReachableLength()
        {
            var isWhole = drive.ShrinksInUse && !wasAsked;
            wasAsked = true;
            return isWhole ? LengthBytes : drive.ReachableLength ?? LengthBytes;
        }

        public bool TellsMediumChange => true;

        public bool ReadMediumChanged() => drive.AnswersLeft-- > 0
            ? mark != drive.mark
            : throw new DriveFaultException(DriveFault.DriveGone, "It was unplugged.");

        public void AcceptMedium() => mark = drive.mark;

        public void Dispose()
        {
        }
    }
}
