using CdBackuper.Archive.Format;
using CdBackuper.Media.Verdicts;
using CdBackuper.Notices;

namespace CdBackuper.Tests.Notices;

/// <summary>Notices to send.</summary>
internal static class Samples
{
    public static Notice Damaged { get; } = new()
    {
        Id = "20261125T120000000-sample",
        Kind = NoticeKind.Damaged,
        Time = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
        Started = new(2026, 11, 25, 11, 56, 40, TimeSpan.Zero),
        Node = "desk",
        Drive = "sr0",
        DriveModel = "HL-DT-ST DVDRAM",
        Message = "7 photos perfect, 2 damaged, 1 lost: DCIM/IMG_0002.JPG misses 6 KiB of 1.8 MiB.",
        Next = "Write 0142 on it. Clean it, and put it into pi:sr1, which has not tried it. What was read is kept.",
        Disc = new("0142", "2003-08-01-12-00-00-00_SUMMER_2003", "SUMMER_2003", "2003-08-01-12-00-00-00", null),
        Files = new FileCounts(10, 7, 2, 1, 18_874_368),
        Percent = 99.98,
        UnreadSectors = 14,
        SectorsWon = 3,
        Attempt = 2,
        EarlierNodes = ["pi"],
        Worst =
        [
            new("DCIM/IMG_0003.JPG", FileCondition.Lost, 1_887_436, 1_887_436),
            new("DCIM/IMG_0002.JPG", FileCondition.Damaged, 1_887_436, 6144),
        ],
    };
}
