using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CdBackuper.Tests.Tidy;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CdBackuper.Tests;

/// <summary>The rules of docs/architecture.md that a machine can check, over the source tree as it lies there.</summary>
public sealed partial class TidyTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new(StringComparer.Ordinal)
    {
        ["CdBackuper.Media"] = [],
        ["CdBackuper.Archive"] = ["CdBackuper.Media"],
        ["CdBackuper.Linux"] = ["CdBackuper.Media"],
        ["CdBackuper"] = ["CdBackuper.Media", "CdBackuper.Archive", "CdBackuper.Linux"],
    };

    [Fact]
    public void A_file_has_at_most_400_lines() => Clean(
        from file in SourceTree.Program
        where file.Lines.Length > 400
        select file.At(file.Lines.Length, $"{file.Lines.Length} lines"));

    [Fact]
    public void A_method_has_at_most_60_lines() => Clean(
        from file in SourceTree.Program
        from node in file.Nodes<SyntaxNode>()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let length = file.LengthOf(node)
        where length > 60
        select file.At(node, $"{length} lines"));

    [Fact]
    public void A_file_has_one_public_type() => Clean(
        from file in SourceTree.Program
        let types = file.Nodes<MemberDeclarationSyntax>()
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .Where(node => node.Modifiers.Any(SyntaxKind.PublicKeyword) && node.Parent is not TypeDeclarationSyntax)
            .ToList()
        where types.Count > 1
        select file.At(types[1], $"the second of {types.Count} public types"));

    [Fact]
    public void A_type_is_not_called_by_an_empty_word() => Clean(
        from file in SourceTree.Program
        from type in file.Nodes<BaseTypeDeclarationSyntax>()
        where EmptyWord().IsMatch(type.Identifier.Text)
        select file.At(type, type.Identifier.Text));

    [Fact]
    public void A_catch_names_its_type_and_does_something_or_says_why_not() => Clean(
        from file in SourceTree.Program
        from clause in file.Nodes<CatchClauseSyntax>()
        let isSilent = clause.Block.Statements.Count == 0
            && !clause.Block.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
        where clause.Declaration is null || isSilent
        select file.At(clause, clause.Declaration is null ? "a catch without a type" : "an empty catch without a reason"));

    [Fact]
    public void Media_is_pure() => Clean(
        from type in TypesUsedBy("CdBackuper.Media.dll")
        where IsImpure(type)
        from place in PlacesOf(type, "src/CdBackuper.Media/")
        select place);

    [Fact]
    public void The_kernel_is_called_in_Linux_alone() => Clean(
        from file in SourceTree.Program
        where !file.Path.StartsWith("src/CdBackuper.Linux/", StringComparison.Ordinal)
        from attribute in file.Nodes<AttributeSyntax>()
        where attribute.Name.ToString().Split('.')[^1] is "LibraryImport" or "DllImport"
        select file.At(attribute, attribute.Name.ToString()));

    [Fact]
    public void Programs_are_started_in_Processes_alone() => Clean(
        from file in SourceTree.Program
        where !file.Path.StartsWith("src/CdBackuper.Linux/Processes/", StringComparison.Ordinal)
        from node in file.Nodes<ExpressionSyntax>()
        where node is MemberAccessExpressionSyntax { Name.Identifier.Text: "Start" } start && LastName(start.Expression) == "Process"
            || (node is ObjectCreationExpressionSyntax made && LastName(made.Type) is "Process" or "ProcessStartInfo")
        select file.At(node, node.ToString()));

    [Fact]
    public void The_console_is_written_to_by_commands_alone() => Clean(
        from file in SourceTree.Program
        where file.Path != "src/CdBackuper/Program.cs"
            && !file.Path.StartsWith("src/CdBackuper/Commands/", StringComparison.Ordinal)
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        where ConsoleWrite().IsMatch(access.ToString())
        select file.At(access, access.ToString()));

    [Fact]
    public void Projects_know_only_those_below_them() => Clean(
        from path in SourceTree.Projects
        let project = Path.GetFileNameWithoutExtension(path)
        from reference in XDocument.Load(path).Descendants("ProjectReference")
        let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
        where !AllowedReferences.GetValueOrDefault(project, []).Contains(target, StringComparer.Ordinal)
        select $"{Path.GetRelativePath(SourceTree.Root, path)}: {project} refers to {target}");

    [Fact]
    public void What_is_left_to_do_names_its_issue() => Clean(
        from file in SourceTree.AllText
        from comment in file.IsCSharp ? file.Comments : file.Lines.Select((line, index) => (line, index + 1))
        where LeftToDo().IsMatch(comment.Item1) && !IssueNumber().IsMatch(comment.Item1)
        select file.At(comment.Item2, comment.Item1.Trim()));

    [Fact]
    public void No_path_of_one_machine_is_written_down() => Clean(
        from file in SourceTree.AllText
        where !file.Path.EndsWith("/TidyTests.cs", StringComparison.Ordinal)
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where MachinePath().IsMatch(line.Text)
        select file.At(line.Number, line.Text.Trim()));

    [Fact]
    public void A_page_that_is_named_is_there() => Clean(
        from file in SourceTree.AllText
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        from name in PagesNamedIn(file.Path, line.Text)
        where !File.Exists(Path.Combine(SourceTree.Root, name))
        select file.At(line.Number, name));

    private static void Clean(IEnumerable<string> findings)
    {
        var found = findings.Distinct(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, $"{found.Count} found:\n{string.Join('\n', found)}");
    }

    // Read from the compiled library, so that an implicit using or an alias hides nothing.
    private static List<string> TypesUsedBy(string library)
    {
        using var stream = File.OpenRead(Path.Combine(AppContext.BaseDirectory, library));
        using var portable = new PEReader(stream);
        var metadata = portable.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }

    private static bool IsImpure(string type) => type switch
    {
        "System.IO.Stream" or "System.IO.MemoryStream" or "System.IO.TextReader" or "System.IO.StringReader" => false,
        "System.IO.TextWriter" or "System.IO.StringWriter" or "System.IO.SeekOrigin" => false,
        "System.IO.EndOfStreamException" or "System.IO.InvalidDataException" => false,
        // decodes bytes in memory, and touches nothing but the streams it is given
        "System.IO.Compression.ZLibStream" or "System.IO.Compression.CompressionMode" => false,
        "System.Console" or "System.Diagnostics.Process" or "System.TimeProvider" => true,
        _ => type.StartsWith("System.IO.", StringComparison.Ordinal) || type.StartsWith("System.Net.", StringComparison.Ordinal)
            || type.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal),
    };

    private static IEnumerable<string> PlacesOf(string type, string folder)
    {
        var word = new Regex($@"\b{Regex.Escape(type.Split('.')[^1].Split('`')[0])}\b");
        var places = from file in SourceTree.Program
                     where file.Path.StartsWith(folder, StringComparison.Ordinal)
                     from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
                     where word.IsMatch(line.Text)
                     select file.At(line.Number, $"uses {type}");
        return places.DefaultIfEmpty($"{folder}: uses {type}");
    }

    // Pages are named from the root of the tree anywhere, and from where they lie in the links of other pages.
    private static IEnumerable<string> PagesNamedIn(string path, string line) => NamedPage().Matches(line).Select(match => match.Value)
        .Concat(path.EndsWith(".md", StringComparison.Ordinal)
            ? LinkedFile().Matches(line).Select(match => Path.Combine(Path.GetDirectoryName(path)!, match.Groups[1].Value))
            : []);

    private static string LastName(SyntaxNode node) => node.ToString().Split('.')[^1];

    [GeneratedRegex(@"(?<![\w./])docs/[\w./-]+\.(md|png|svg)\b")]
    private static partial Regex NamedPage();

    [GeneratedRegex(@"\]\(([\w./-]+)(#[\w-]*)?\)")]
    private static partial Regex LinkedFile();

    // Manager and its kin say nothing anywhere in a name; Data, Info and Base only as the last word.
    [GeneratedRegex("(Manager|Helper|Service|Util|Utility|Utilities)s?(?![a-z])|(Info|Data|Base)s?$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"(^|\.)Console\s*\.\s*((Out|Error)\s*\.\s*)?Write")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HACK)\b")]
    private static partial Regex LeftToDo();

    [GeneratedRegex(@"#\d+|\bissue \d+")]
    private static partial Regex IssueNumber();

    [GeneratedRegex(@"(?<![\w./~-])(/home/\w|/Users/\w|/root/\w|[A-Z]:\\\w)")]
    private static partial Regex MachinePath();
}
