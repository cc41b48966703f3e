using CdBackuper.Archive.Store;
using CdBackuper.Hosting;
using CdBackuper.Jobs;

namespace CdBackuper.Tests.Archive.Store;

public sealed class FolderClaimProgram
{
    public const int Rounds = 50;

    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Counts on from what it reads. Two writers at once would count one number twice.</summary>
    [Fact(Explicit = true)]
    public void Counts_on_while_it_holds_the_folder()
    {
        var root = ArchiveRoot.OpenToWrite(OtherProcess.Place, requiresMount: false, new LinuxFileSystem());
        var counter = Path.Combine(root.Path, "disc", "counter");
        var counted = new List<int>();
        var watch = new RivalWatch(Patience);
        while (counted.Count < Rounds)
        {
            try
            {
                var owner = ProcessIdentity.NewOwner("node", $"{Environment.ProcessId}");
                using var claim = FolderClaim.TryTake(root, "disc", owner, watch.IsGone, out _, Patience);
                if (claim is null)
                {
                    TestContext.Current.CancellationToken.WaitHandle.WaitOne(Random.Shared.Next(10));
                    continue;
                }

                var folder = root.Disc(claim);
                HolderPlace.TakeOver(folder, claim, Shelf.Now);
                var next = int.Parse(File.ReadAllText(counter), System.Globalization.CultureInfo.InvariantCulture) + 1;
                TestContext.Current.CancellationToken.WaitHandle.WaitOne(Random.Shared.Next(20));
                claim.EnsureHeld();
                folder.Write(counter, $"{next}");
                counted.Add(next);
                HolderPlace.Leave(folder);
            }
            catch (IOException)
            {
                // Taken over: what was counted was not written, and is counted again.
            }
        }

        OtherProcess.Answer(string.Join(' ', counted));
    }
}
