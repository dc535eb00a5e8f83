using System.IO.Compression;
using System.Text;
using VoucherFunctions.Tests.Documents;

namespace VoucherFunctions.Tests.Field;

/// <summary>Contents as programs write them, built here: only what tells them apart.</summary>
internal static class Contents
{
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    private static readonly Dictionary<string, Func<byte[]>> All = new()
    {
        ["pdf"] = () => Files.Pdf(),
        ["pdf-protected"] = () => Files.Text("%PDF-1.6\n1 0 obj <</Filter /Standard /V 4>> endobj\ntrailer <</Encrypt 1 0 R>>\n%%EOF"),
        ["pdf-late"] = () => [.. new byte[600], .. Files.Pdf()],
        ["docx"] = () => Zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
        ["docx-libreoffice"] = () => Zip("_rels/.rels", "docProps/app.xml", "word/_rels/document.xml.rels", "word/document.xml", "[Content_Types].xml"),
        ["docx-late"] = () => Zip("[Content_Types].xml", "docProps/thumbnail.jpeg:300000", "customXml/item1.xml", "word/document.xml"),
        ["docx-backslash"] = () => Zip("[Content_Types].xml", "_rels\\.rels", "word\\document.xml"),
        ["docx-macros"] = () => Zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        ["xlsx"] = () => Zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"),
        ["pptx"] = () => Zip("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml"),
        ["pptx-embedding"] = () => Zip("[Content_Types].xml", "ppt/presentation.xml", "xl/workbook.xml"),
        ["odt"] = () => Files.Zip("mimetype", OpenDocument + "text"),
        ["ods"] = () => Files.Zip("mimetype", OpenDocument + "spreadsheet"),
        ["odp"] = () => Files.Zip("mimetype", OpenDocument + "presentation"),
        ["epub"] = () => Files.Zip("mimetype", "application/epub+zip"),
        ["visio"] = () => Zip("[Content_Types].xml", "_rels/.rels", "visio/document.xml"),
        ["pages"] = () => Zip("Index/Document.iwa", "Index/ViewState.iwa", "preview.jpg"),
        ["numbers"] = () => Zip("preview.jpg:40000", "Data/image.jpg:40000", "Index/Document.iwa"),
        ["zip"] = () => Zip("CV.pdf", "Foto.jpg"),
        ["zip-empty"] = () => [.. "PK\u0005\u0006"u8, .. new byte[18]],
        ["doc"] = () => CompoundFile("WordDocument", "1Table"),
        ["doc-embedding"] = () => CompoundFile("ObjectPool", "Workbook", "WordDocument"),
        ["xls"] = () => CompoundFile("Workbook"),
        ["xls-95"] = () => CompoundFile("Book"),
        ["ppt"] = () => CompoundFile("Current User", "PowerPoint Document"),
        ["office-protected"] = () => CompoundFile("\u0006DataSpaces", "EncryptionInfo", "EncryptedPackage"),
        ["msg"] = () => CompoundFile("__nameid_version1.0", "__properties_version1.0", "WordDocument"),
        ["msi"] = () => CompoundFile("\u4840\u3F3F\u4577"),
        ["rtf"] = () => Files.Text("{\\rtf1\\ansi Lebenslauf}"),
        ["txt"] = () => Files.Text("Grüezi\r\n"),
        ["txt-utf16"] = () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Grüezi\r\n")],
        ["table"] = () => Files.Text("Name\tOrt\r\nMuster\tBern\r\n"),
        ["jpeg"] = () => [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, .. "JFIF\0"u8],
        ["png"] = () => [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 13],
        ["gif"] = () => Files.Text("GIF89a\0\0"),
        ["webp"] = () => [.. "RIFF"u8, 0, 1, 0, 0, .. "WEBPVP8 "u8],
        ["heic"] = () => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0],
        ["heif"] = () => [0, 0, 0, 24, .. "ftypmif1"u8, 0, 0, 0, 0],
        ["avif"] = () => [0, 0, 0, 24, .. "ftypavif"u8, 0, 0, 0, 0],
        ["tiff"] = () => [.. "II*\0"u8, 8, 0, 0, 0],
        ["tiff-mac"] = () => [.. "MM\0*"u8, 0, 0, 0, 8],
        ["bmp"] = () => [.. "BM"u8, 0x36, 0x10, 0, 0, 0, 0, 0, 0, 0x36, 0, 0, 0],
        ["svg"] = () => Files.Text("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ["mov"] = () => [0, 0, 0, 20, .. "ftypqt  "u8, 0, 0, 0, 0],
        ["mov-old"] = () => [0, 0, 0, 8, .. "wide"u8, 0, 0, 1, 0, .. "mdat"u8],
        ["mp4"] = () => [0, 0, 0, 24, .. "ftypmp42"u8, 0, 0, 0, 0],
        ["m4a"] = () => [0, 0, 0, 24, .. "ftypM4A "u8, 0, 0, 0, 0],
        ["mp3"] = () => [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 0],
        ["html"] = () => Files.Text("\uFEFF\r\n<!DOCTYPE html>\r\n<html><body><p>Lebenslauf</p></body></html>"),
        ["html-table"] = () => Files.Text("<table border=1><tr><td>1</td></tr></table>"),
        ["html-word"] = () => Files.Text("<?xml version=\"1.0\"?><html xmlns:o=\"urn:schemas-microsoft-com:office:office\"></html>"),
        ["mhtml"] = () => Files.Text("From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n"),
        ["eml"] = () => Files.Text("Return-Path: <a@example.ch>\r\nReceived: from mail\r\nSubject: CV\r\n\r\nhallo"),
        ["word-xml"] = () => Files.Text("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument/>"),
        ["url"] = () => Files.Text("[InternetShortcut]\r\nURL=https://example.ch/\r\n"),
        ["lnk"] = () => [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0],
        ["rar"] = () => [.. "Rar!\u001A\u0007"u8, 1, 0],
        ["7z"] = () => [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C],
        ["exe"] = () => [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0],
        ["elf"] = () => [0x7F, .. "ELF"u8, 2, 1, 1, 0],
        ["script"] = () => Files.Text("#!/bin/sh\nrm -rf ~\n"),
        ["empty"] = () => [],
        ["zeros"] = () => new byte[5000],
        ["noise"] = () => [1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3],
    };

    public static byte[] Of(string kind) => All[kind]();

    public static IReadOnlyCollection<string> Kinds => All.Keys;

    /// <summary>Entries of a few bytes, or of as many as stand behind a colon.</summary>
    private static byte[] Zip(params string[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                var parts = entry.Split(':');
                using var content = zip.CreateEntry(parts[0], CompressionLevel.NoCompression).Open();
                content.Write(Files.Pdf(parts is [_, var size] ? int.Parse(size, System.Globalization.CultureInfo.InvariantCulture) : 60));
            }
        }
        return file.ToArray();
    }

    /// <summary>The directory comes last, behind 64 kB of content, as Word writes it.</summary>
    private static byte[] CompoundFile(params string[] streams) =>
    [
        0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504], .. Files.Pdf(65_536), .. Entry("Root Entry", 5), .. streams.SelectMany(name => Entry(name, 2)),
    ];

    private static byte[] Entry(string name, byte kind)
    {
        var entry = new byte[128];
        Encoding.Unicode.GetBytes(name).CopyTo(entry, 0);
        (entry[64], entry[66]) = ((byte)(2 * name.Length + 2), kind);
        return entry;
    }
}
