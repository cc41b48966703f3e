namespace CdBackuper.Media.Identity;

/// <summary>
/// Decides, from facts alone, whether the disc in the drive is a disc that the archive knows. When in doubt it is
/// not: two folders for one disc can be put right, two discs in one folder can't.
/// </summary>
public static class SamenessRule
{
    /// <summary>So many sectors from all over the disc must agree, unless fewer are known.</summary>
    public const int EnoughMatches = 4;

    /// <summary>One in so many parts of a predecessor's files may be corrupt.</summary>
    private const int CorruptShare = 8;

    /// <summary>What was compared, judged.</summary>
    public static Judgement Judge(IdentityFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return Disprove(facts) is { } other ? new(Sameness.Other, other)
            : Prove(facts) is { } same ? new(Sameness.Same, same)
            : facts.TracksAgree == false ? new(Sameness.Other, "its tracks lie elsewhere, and too little could be compared")
            : new(Sameness.Unsure, Doubt(facts));
    }

    private static string? Disprove(IdentityFacts facts)
    {
        var (samples, files) = (facts.Samples, facts.Files);
        return samples.Differing > 0
            ? $"{samples.Differing} of {samples.Compared} compared sectors hold something else"
            : facts.Descriptors.Differing > 0
                ? "its descriptors or its root directory differ"
            : files.Differing > files.Agreeing / CorruptShare && files.Differing > files.Agreeing
                ? $"{files.Differing} of {files.Compared} compared parts of files hold something else"
            : null;
    }

    private static string? Prove(IdentityFacts facts)
    {
        var (samples, files, descriptors) = (facts.Samples, facts.Files, facts.Descriptors);
        if (samples.Agreeing >= EnoughMatches)
        {
            return facts.RewrittenHead > 0
                ? $"all {samples.Agreeing} compared sectors agree, and a session was added"
                : $"all {samples.Agreeing} compared sectors agree";
        }

        if (files.Agreeing >= EnoughMatches && files.Differing <= files.Agreeing / CorruptShare)
        {
            return $"{files.Agreeing} of {files.Compared} compared parts of files agree";
        }

        if (files.Known > 0)
        {
            return facts.SharesUuid && files.Agreeing == files.Known && files.Known < EnoughMatches ? "all that is known of it agrees" : null;
        }

        if (facts.RewrittenHead > 0)
        {
            return null;
        }

        // A disc of a few sectors, or one of which the first attempt was cut off before it had any: all that there is agrees.
        var isAll = samples.Known < EnoughMatches && samples.Unreadable == 0;
        return isAll && descriptors.Agreeing + samples.Agreeing > 0 ? "all that is known of it agrees"
            : facts.IsNothingKept && (descriptors.Agreeing > 0 || facts.SharesUuid)
                ? "its identifier agrees, and nothing of it is archived yet"
            : facts.IsOnlyLengthKnown ? "its length agrees, which is all that is known of it, and nothing of it is archived yet"
            : null;
    }

    private static string Doubt(IdentityFacts facts)
    {
        var compared = facts.Samples + facts.Files;
        var what = facts.Files.Known > 0 ? "parts of files" : "sectors";
        var head = facts.Descriptors.Agreeing > 0 ? "its descriptors agree, but"
            : facts.SharesUuid ? "its identifier agrees, but"
            : "its length fits, but";
        return compared.Known == 0 ? $"{head} nothing else is known of that disc that could be compared"
            : compared.Differing > 0 ? $"{head} {compared.Differing} of {compared.Compared} compared {what} differ"
            : compared.BehindEnd == compared.Known ? $"{head} all of the {compared.Known} {what} that were to be compared lie behind the end of this one"
            : (compared.Compared == 0 ? $"{head} none of the {compared.Known} {what} that were to be compared could be read"
                : $"{head} only {compared.Compared} of {compared.Known} {what} could be read and compared")
                + (compared.BehindEnd > 0 ? $"; {compared.BehindEnd} lie behind the end of this one" : "");
    }
}
