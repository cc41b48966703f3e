using CdBackuper.Archive.Store;
using CdBackuper.Hosting;

namespace CdBackuper.Tests.Archive.Store;

public sealed class FolderClaimTests : IDisposable
{
    private readonly Shelf shelf = new();

    public void Dispose() => shelf.Dispose();

    [Fact]
    public void One_of_many_wins_and_the_others_are_told_who()
    {
        var claims = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(8).Select(index => Take($"sr{index}", out _)).ToArray();
        var winner = Assert.Single(claims, claim => claim is not null);
        Assert.True(winner!.IsHeld());
        Assert.Null(Take("sr99", out var rival));
        Assert.Matches(@"^node:sr\d+ \(process \d+\)$", rival!.ToString());
        winner.Dispose();
        Assert.Empty(Directory.EnumerateFiles(shelf.Root.ClaimsPath));
        using var next = Take("sr99", out rival);
        Assert.True(next!.IsHeld());
        Assert.Null(rival);
    }

    [Fact]
    public void Only_one_holds_it_at_a_time_however_often_it_is_given_free()
    {
        var (holders, most, won) = (0, 0, 0);
        Parallel.For(0, 200, new() { MaxDegreeOfParallelism = 8 }, index =>
        {
            using var claim = Take($"sr{index}", out _);
            if (claim is not null)
            {
                InterlockedMax(ref most, Interlocked.Increment(ref holders));
                Interlocked.Increment(ref won);
                Interlocked.Decrement(ref holders);
            }
        });
        Assert.Equal(1, most);
        Assert.InRange(won, 1, 200);
        Assert.Empty(Directory.EnumerateFiles(shelf.Root.ClaimsPath));
    }

    [Fact]
    public void A_holder_that_was_taken_over_sees_it_and_gives_nothing_free_that_is_not_its_own()
    {
        var old = Take("sr0", out _)!;
        using var next = Take("sr1", out _, isGone: true)!;
        Assert.False(old.IsHeld());
        Assert.Throws<ArchiveException>(old.EnsureHeld);
        old.Beat();
        old.Dispose();
        Assert.True(next.IsHeld());
        next.EnsureHeld();
    }

    [Fact]
    public void Of_many_that_take_over_a_stale_claim_one_wins()
    {
        using var old = Take("sr0", out _);
        var claims = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(8)
            .Select(index => Take($"sr{index}", out _, isGone: rival => rival.Drive == "sr0" && index > 0)).ToArray();
        Assert.True(Assert.Single(claims, claim => claim is not null)!.IsHeld());
        Assert.All(claims, claim => claim?.Dispose());
    }

    [Theory]
    [InlineData("")]
    [InlineData("node x\ndrive y\n")]
    [InlineData("node x\ndrive y\npid z\nstart s\ntoken t\nbeat 0\n")]
    [InlineData("\0\0\0")]
    public void A_claim_that_can_not_be_read_is_somebodys_until_it_is_given_up(string text)
    {
        File.WriteAllText(Path.Combine(shelf.Root.ClaimsPath, "disc.000007.claim"), text);
        Assert.Null(Take("sr0", out var rival));
        Assert.Equal(ClaimOwner.Unknown, rival);
        using var claim = Take("sr0", out _, isGone: true);
        Assert.True(claim!.IsHeld());
        Assert.Equal(["disc.000008.claim"], Directory.EnumerateFiles(shelf.Root.ClaimsPath).Select(Path.GetFileName));
    }

    [Fact]
    public void Folders_whose_names_begin_alike_have_claims_of_their_own()
    {
        using var disc = Take("sr0", out _);
        Assert.NotNull(disc);
        foreach (var name in new[] { "disc_2", "disc.000001", "dis", "disc.x" })
        {
            using var other = FolderClaim.TryTake(shelf.Root, name, ProcessIdentity.NewOwner("node", "sr1"), _ => false, out _);
            Assert.True(other?.IsHeld(), name);
            Assert.True(disc.IsHeld(), name);
        }
    }

    [Fact]
    public void A_beat_changes_the_beat_alone_and_no_reader_sees_half_a_claim()
    {
        using var claim = Take("sr0", out _)!;
        var path = Directory.EnumerateFiles(shelf.Root.ClaimsPath).Single();
        var length = new FileInfo(path).Length;
        var first = ClaimOwner.Parse(File.ReadAllText(path))!;
        var beats = new HashSet<string>();
        Parallel.Invoke(
            () => Enumerable.Range(0, 500).ToList().ForEach(_ => claim.Beat()),
            () => Enumerable.Range(0, 500).ToList().ForEach(_ =>
            {
                var seen = ClaimOwner.Parse(File.ReadAllText(path));
                Assert.Equal(first, seen! with { BeatText = first.BeatText });
                Assert.Equal(length, new FileInfo(path).Length);
                beats.Add(seen.BeatText);
            }));
        Assert.Equal("0000000500", ClaimOwner.Parse(File.ReadAllText(path))!.BeatText);
        Assert.True(claim.IsHeld());
    }

    [Fact]
    public void A_claim_whose_place_went_away_is_no_longer_held_and_troubles_nobody()
    {
        var claim = Take("sr0", out _)!;
        var path = Directory.EnumerateFiles(shelf.Root.ClaimsPath).Single();
        File.Delete(path);
        claim.Beat();
        Assert.False(File.Exists(path));
        Assert.False(claim.IsHeld());
        Directory.CreateDirectory(path);
        claim.Beat();
        claim.Dispose();
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void A_process_of_this_boot_that_is_no_more_is_known_to_be_dead()
    {
        var owner = ProcessIdentity.NewOwner("node", "sr0");
        Assert.False(ProcessIdentity.IsKnownDead(owner));
        Assert.True(ProcessIdentity.IsKnownDead(owner with { ProcessId = int.MaxValue }));
        Assert.True(ProcessIdentity.IsKnownDead(owner with { ProcessStart = owner.ProcessStart + "1" }));
        Assert.False(ProcessIdentity.IsKnownDead(owner with { ProcessStart = "another boot/pid:[1]/5" }));
        Assert.False(ProcessIdentity.IsKnownDead(ClaimOwner.Unknown));
    }

    [Fact]
    public void Of_processes_that_are_stopped_and_revived_at_any_moment_never_two_write()
    {
        File.WriteAllText(shelf.Folder.In("counter"), "0");
        var processes = Enumerable.Range(0, 4).Select(_ => OtherProcess.Start(
            "exec \"$@\"", typeof(FolderClaimProgram), nameof(FolderClaimProgram.Counts_on_while_it_holds_the_folder), shelf.Root.Path)).ToArray();
        var random = new Random(1);
        var pauses = 0;
        while (processes.Any(process => !process.HasExited))
        {
            var process = processes[random.Next(processes.Length)];
            Signal(process, "STOP");

            // Now shorter than the others' patience, now longer.
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(random.Next(2 * (int)FolderClaimProgram.Patience.TotalMilliseconds));
            Signal(process, "CONT");
            TestContext.Current.CancellationToken.WaitHandle.WaitOne(random.Next(100));
            Assert.InRange(pauses++, 0, 1000);
        }

        var counted = processes.SelectMany(process => OtherProcess.AnswerOf(process, shelf.Root.Path).Split(' ')).Select(int.Parse).Order().ToArray();
        Assert.Equal(Enumerable.Range(1, 4 * FolderClaimProgram.Rounds), counted);
        Assert.Equal($"{counted.Length}", File.ReadAllText(shelf.Folder.In("counter")));
        Assert.Empty(Directory.EnumerateFiles(shelf.Root.ClaimsPath, "*.claim"));
        foreach (var process in processes)
        {
            process.Dispose();
        }
    }

    [Fact]
    public void A_claim_of_an_old_look_is_none()
    {
        // Somebody looked, saw no claim, and stood still; meanwhile one was made and taken over.
        using var old = Take("sr0", out _);
        using var holder = Take("sr1", out _, isGone: true)!;
        Assert.EndsWith("000002.claim", Assert.Single(Directory.EnumerateFiles(shelf.Root.ClaimsPath)), StringComparison.Ordinal);
        var folder = shelf.Root.Disc(holder);
        HolderPlace.TakeOver(folder, holder, Shelf.Now);

        Assert.Throws<ArchiveException>(() => HolderPlace.TakeOver(shelf.Root.Disc(old!), old!, Shelf.Now));

        Assert.True(Directory.Exists(folder.IncomingPath));
        folder.Write(folder.In("record"), "the holder's");
        Assert.ThrowsAny<IOException>(() => shelf.Root.Disc(old!).Write(folder.In("record"), "late"));
        Assert.Equal("the holder's", File.ReadAllText(folder.In("record")));
    }

    [Fact]
    public void A_holder_that_stands_still_before_it_deleted_the_claims_below_its_own_is_taken_over()
    {
        using var dead = Take("sr0", out _);
        var below = Directory.EnumerateFiles(shelf.Root.ClaimsPath).Single();
        var text = File.ReadAllText(below);
        using var heldUp = Take("sr1", out _, isGone: true);
        File.WriteAllText(below, text);

        using var next = Take("sr2", out _, isGone: true);

        Assert.True(next!.IsHeld());
        Assert.False(heldUp!.IsHeld());
        Assert.EndsWith("000003.claim", Assert.Single(Directory.EnumerateFiles(shelf.Root.ClaimsPath)), StringComparison.Ordinal);
    }

    private static void Signal(System.Diagnostics.Process process, string name)
    {
        if (!process.HasExited)
        {
            using var kill = System.Diagnostics.Process.Start("kill", ["-s", name, $"{process.Id}"]);
            kill.WaitForExit();
        }
    }

    private FolderClaim? Take(string drive, out ClaimOwner? rival, bool isGone = false) => Take(drive, out rival, _ => isGone);

    private FolderClaim? Take(string drive, out ClaimOwner? rival, Func<ClaimOwner, bool> isGone) =>
        FolderClaim.TryTake(shelf.Root, "disc", ProcessIdentity.NewOwner("node", drive), isGone, out rival);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
