<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Activity</name>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>about {} h left</source>
        <translation>约剩 {} 小时</translation>
    </message>
    <message>
        <source>about {} min left</source>
        <translation>约剩 {} 分钟</translation>
    </message>
    <message>
        <source>about {} s left</source>
        <translation>约剩 {} 秒</translation>
    </message>
</context>
<context>
    <name>AngleControl</name>
    <message>
        <source>Straighten by a line along what is to be level or upright</source>
        <translation>沿着应当水平或竖直的边画一条线来拉直</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close the message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>Click on the curve to bend it</source>
        <translation>单击曲线即可添加控制点</translation>
    </message>
    <message>
        <source>Curve</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Curve: {}</source>
        <translation>曲线：{}</translation>
    </message>
    <message>
        <source>In</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Point {} of {}: {} becomes {}</source>
        <translation>第 {} 个控制点，共 {} 个：{} 变为 {}</translation>
    </message>
    <message>
        <source>Straighten {}</source>
        <translation>将{}曲线复位</translation>
    </message>
    <message>
        <source>Take the point away</source>
        <translation>删除此控制点</translation>
    </message>
    <message>
        <source>Tone that becomes another, {}</source>
        <translation>{}：输入色调</translation>
    </message>
    <message>
        <source>What the tone becomes, {}</source>
        <translation>{}：输出色调</translation>
    </message>
    <message>
        <source>{} points</source>
        <translation>{} 个控制点</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>After</source>
        <translation>修改后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Proof: {}</source>
        <translation>校样：{}</translation>
    </message>
</context>
<context>
    <name>CheatSheet</name>
    <message>
        <source>Packshot: Keyboard Shortcuts</source>
        <translation>Packshot：键盘快捷键</translation>
    </message>
</context>
<context>
    <name>CheatSheetDialog</name>
    <message>
        <source>All keyboard shortcuts</source>
        <translation>所有键盘快捷键</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts Sheet</source>
        <translation>快捷键一览表</translation>
    </message>
    <message>
        <source>Packshot shortcuts.pdf</source>
        <translation>Packshot 快捷键.pdf</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存为 PDF</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Saved {}.</source>
        <translation>已保存 {}。</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>已发送到打印机。</translation>
    </message>
    <message>
        <source>The printer did not take it.</source>
        <translation>打印机未接受此任务。</translation>
    </message>
    <message>
        <source>{} cannot be written ({}).</source>
        <translation>无法写入 {}（{}）。</translation>
    </message>
</context>
<context>
    <name>ChooseEdits</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy Edits</source>
        <translation>复制修改</translation>
    </message>
</context>
<context>
    <name>Clipboard</name>
    <message>
        <source>Copying</source>
        <translation>正在复制</translation>
    </message>
    <message>
        <source>{} × {} pixels are too many for the clipboard, which takes {} megapixels; export a file</source>
        <translation>{} × {} 像素超出了剪贴板的上限（{} 百万像素）；请改为导出文件</translation>
    </message>
</context>
<context>
    <name>ColourControl</name>
    <message>
        <source>Choose a colour</source>
        <translation>选择颜色</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>无颜色</translation>
    </message>
    <message>
        <source>Take {} from the photo</source>
        <translation>从照片中吸取{}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{} in hexadecimal</source>
        <translation>{}（十六进制）</translation>
    </message>
</context>
<context>
    <name>Colourways</name>
    <message>
        <source>A sheet has {} colours at most; {} are left out.</source>
        <translation>一张对照表最多 {} 种颜色，有 {} 种未列入。</translation>
    </message>
    <message>
        <source>Drawing colourways</source>
        <translation>正在绘制各配色</translation>
    </message>
    <message>
        <source>Open swatches</source>
        <translation>打开色板</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>重新渲染</translation>
    </message>
    <message>
        <source>Stopped: the colourways are not up to date</source>
        <translation>已停止：各配色不是最新的</translation>
    </message>
    <message>
        <source>Swatches</source>
        <translation>色板</translation>
    </message>
    <message>
        <source>The photo has the colour {} now</source>
        <translation>照片已换成“{}”</translation>
    </message>
    <message>
        <source>There is no edit that has a colour to vary</source>
        <translation>没有可更换颜色的编辑</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <source>Command search</source>
        <translation>命令搜索</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>匹配的命令</translation>
    </message>
    <message>
        <source>No command is called like that.</source>
        <translation>没有这样的命令。</translation>
    </message>
    <message>
        <source>Search for a command</source>
        <translation>搜索命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
</context>
<context>
    <name>ConceptListModel</name>
    <message>
        <source>Concept {}</source>
        <translation>概念图 {}</translation>
    </message>
</context>
<context>
    <name>ConceptPage</name>
    <message>
        <source>&amp;Save…</source>
        <translation>保存(&amp;S)…</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张图片</translation>
    </message>
    <message>
        <source>Another seed</source>
        <translation>换一个种子</translation>
    </message>
    <message>
        <source>Back to the photo</source>
        <translation>返回照片</translation>
    </message>
    <message>
        <source>Less is more usual, more is stranger</source>
        <translation>越小越常见，越大越奇特</translation>
    </message>
    <message>
        <source>New product from words</source>
        <translation>用文字生成新商品</translation>
    </message>
    <message>
        <source>New products</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Pict&amp;ures</source>
        <translation>图片数量(&amp;U)</translation>
    </message>
    <message>
        <source>S&amp;pread</source>
        <translation>变化幅度(&amp;P)</translation>
    </message>
    <message>
        <source>Save and &amp;Open…</source>
        <translation>保存并打开(&amp;O)…</translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation>种子(&amp;D)</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>尺寸(&amp;Z)</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>变化幅度</translation>
    </message>
    <message>
        <source>The network draws {} × {} px; larger pictures are resampled from these. Each is marked as a concept in its file and beside it: nobody has made or photographed it.</source>
        <translation>神经网络生成 {} × {} 像素的图片；更大的图片由此重新采样得到。每张图片都会在文件中和文件旁标明为概念图：并无此实物，也未经拍摄。</translation>
    </message>
    <message>
        <source>The pictures will appear here.</source>
        <translation>图片将显示在这里。</translation>
    </message>
    <message>
        <source>The same seed and words give the same pictures</source>
        <translation>相同的种子和文字会生成相同的图片</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>{} of {} pictures selected</source>
        <translation>已选 {} / {} 张图片</translation>
    </message>
    <message>
        <source>{} pictures</source>
        <translation>{} 张图片</translation>
    </message>
</context>
<context>
    <name>Concepts</name>
    <message>
        <source>Draw again</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Drawing new products</source>
        <translation>正在生成新商品</translation>
    </message>
    <message>
        <source>Folder for the concepts</source>
        <translation>存放概念图的文件夹</translation>
    </message>
    <message>
        <source>Saved {}</source>
        <translation>已保存 {}</translation>
    </message>
    <message>
        <source>Saving concepts</source>
        <translation>正在保存概念图</translation>
    </message>
    <message>
        <source>Stopped: not all new products are drawn</source>
        <translation>已停止：新商品未全部生成</translation>
    </message>
    <message>
        <source>There is no network here that draws new products: {}</source>
        <translation>这里没有能生成新商品的神经网络：{}</translation>
    </message>
    <message>
        <source>{} concepts saved in {}</source>
        <translation>已将 {} 张概念图保存到 {}</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>Copied without what was drawn on the picture: {}</source>
        <translation>已复制（不含画面上绘制的内容）：{}</translation>
    </message>
    <message>
        <source>Copied: {}</source>
        <translation>已复制：{}</translation>
    </message>
    <message>
        <source>Copy This Edit</source>
        <translation>复制此项修改</translation>
    </message>
    <message>
        <source>Paste onto This Edit</source>
        <translation>粘贴到此项修改</translation>
    </message>
    <message>
        <source>The photo before has no edits</source>
        <translation>上一张照片没有修改</translation>
    </message>
    <message>
        <source>There are no edits on the clipboard</source>
        <translation>剪贴板中没有修改</translation>
    </message>
    <message>
        <source>This photo has no edits to copy</source>
        <translation>这张照片没有可复制的修改</translation>
    </message>
    <message>
        <source>What is on the clipboard cannot be pasted as edits: {}</source>
        <translation>剪贴板中的内容无法作为修改粘贴：{}</translation>
    </message>
</context>
<context>
    <name>Corner</name>
    <message>
        <source>Highlights: {} % of the pixels are clipped. Click to mark them (J)</source>
        <translation>高光：{} % 的像素被剪切。点按可标出它们 (J)</translation>
    </message>
    <message>
        <source>Mark clipped highlights</source>
        <translation>标出高光剪切</translation>
    </message>
    <message>
        <source>Mark clipped shadows</source>
        <translation>标出阴影剪切</translation>
    </message>
    <message>
        <source>Shadows: {} % of the pixels are clipped. Click to mark them (J)</source>
        <translation>阴影：{} % 的像素被剪切。点按可标出它们 (J)</translation>
    </message>
</context>
<context>
    <name>Divider</name>
    <message>
        <source>Divider between before and after</source>
        <translation>修改前与修改后的分隔线</translation>
    </message>
</context>
<context>
    <name>EditGroup</name>
    <message>
        <source>Add Another {}</source>
        <translation>再添加一个“{}”</translation>
    </message>
    <message>
        <source>Click to fold or unfold, with Alt to fold the others</source>
        <translation>点按折叠或展开；按住 Alt 点按可折叠其他各项</translation>
    </message>
    <message>
        <source>Copy, paste, presets and more</source>
        <translation>复制、粘贴、预设等</translation>
    </message>
    <message>
        <source>Fold the Others</source>
        <translation>折叠其他各项</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>More for {}</source>
        <translation>“{}”的更多选项</translation>
    </message>
    <message>
        <source>Name of this {}</source>
        <translation>此“{}”的名称</translation>
    </message>
    <message>
        <source>On or off; the values are kept</source>
        <translation>打开或关闭；数值会保留</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset {}</source>
        <translation>重置“{}”</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>已展开</translation>
    </message>
</context>
<context>
    <name>EditTicks</name>
    <message>
        <source>&amp;With what was drawn on the picture</source>
        <translation>包括画面上绘制的内容(&amp;W)</translation>
    </message>
    <message>
        <source>Pins, boxes and brush strokes, which are seldom right on another photo</source>
        <translation>标记点、框和画笔笔触，在另一张照片上位置大多不合适</translation>
    </message>
    <message>
        <source>Tick &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Tick &amp;none</source>
        <translation>全不选(&amp;N)</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>All edits of {} photos reset</source>
        <translation>已重置 {} 张照片的所有修改</translation>
    </message>
    <message>
        <source>All edits reset</source>
        <translation>已重置所有修改</translation>
    </message>
    <message>
        <source>Edits pasted</source>
        <translation>已粘贴修改</translation>
    </message>
    <message>
        <source>Edits pasted onto {} photos</source>
        <translation>已将修改粘贴到 {} 张照片</translation>
    </message>
    <message>
        <source>Nothing has changed</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>Preset used</source>
        <translation>已应用预设</translation>
    </message>
    <message>
        <source>Preset used on {} photos</source>
        <translation>已对 {} 张照片应用预设</translation>
    </message>
    <message>
        <source>The photo is to match this one; if it cannot, it says so when it is opened</source>
        <translation>将该照片与这张匹配；如无法匹配，会在打开时说明</translation>
    </message>
    <message>
        <source>{} is for a photo: open the photo first, then drop it there.</source>
        <translation>{} 需用于照片：请先打开照片，再将其拖放到照片上。</translation>
    </message>
    <message>
        <source>{} photos are to match this one; what cannot be matched says so when it is opened</source>
        <translation>将 {} 张照片与这张匹配；无法匹配的照片会在打开时说明</translation>
    </message>
    <message>
        <source>{}; {} takes it back</source>
        <translation>{}；按 {} 可撤销</translation>
    </message>
</context>
<context>
    <name>Edits</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>对齐</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>Blacks</source>
        <translation>黑色色阶</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Blend with</source>
        <translation>混合对象</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Box around the product</source>
        <translation>商品外框</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>品类</translation>
    </message>
    <message>
        <source>Clarity</source>
        <translation>清晰度</translation>
    </message>
    <message>
        <source>Clean fringe</source>
        <translation>清理边缘色</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Colour range</source>
        <translation>颜色范围</translation>
    </message>
    <message>
        <source>Colourfulness</source>
        <translation>鲜艳度</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较范围</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Corrections</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Crop and Straighten</source>
        <translation>裁剪和拉直</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Cut Out</source>
        <translation>抠图</translation>
    </message>
    <message>
        <source>Cut Out has to find the product first; until then nothing is changed.</source>
        <translation>需要先由“抠图”找到商品；在此之前不作任何更改。</translation>
    </message>
    <message>
        <source>Cut Out has to find the product first; until then the colour is looked for in all of the picture.</source>
        <translation>需要先由“抠图”找到商品；在此之前会在整张图片中查找该颜色。</translation>
    </message>
    <message>
        <source>Denoise</source>
        <translation>降噪</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Direction 1</source>
        <translation>方向 1</translation>
    </message>
    <message>
        <source>Direction 10</source>
        <translation>方向 10</translation>
    </message>
    <message>
        <source>Direction 11</source>
        <translation>方向 11</translation>
    </message>
    <message>
        <source>Direction 12</source>
        <translation>方向 12</translation>
    </message>
    <message>
        <source>Direction 2</source>
        <translation>方向 2</translation>
    </message>
    <message>
        <source>Direction 3</source>
        <translation>方向 3</translation>
    </message>
    <message>
        <source>Direction 4</source>
        <translation>方向 4</translation>
    </message>
    <message>
        <source>Direction 5</source>
        <translation>方向 5</translation>
    </message>
    <message>
        <source>Direction 6</source>
        <translation>方向 6</translation>
    </message>
    <message>
        <source>Direction 7</source>
        <translation>方向 7</translation>
    </message>
    <message>
        <source>Direction 8</source>
        <translation>方向 8</translation>
    </message>
    <message>
        <source>Direction 9</source>
        <translation>方向 9</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>Dodge and Burn</source>
        <translation>减淡和加深</translation>
    </message>
    <message>
        <source>Drop parts</source>
        <translation>去掉的部分</translation>
    </message>
    <message>
        <source>EV</source>
        <translation>EV</translation>
    </message>
    <message>
        <source>Enhance</source>
        <translation>智能增强</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>曝光度</translation>
    </message>
    <message>
        <source>Far from what this model knows: expect little (distance {:.2f} of {:.2f}, difference {:.2f} of {:.2f})</source>
        <translation>与该模型熟悉的商品相差很大：不要期望太高（距离 {:.2f}／上限 {:.2f}，差异 {:.2f}／上限 {:.2f}）</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>光泽</translation>
    </message>
    <message>
        <source>Fit to Canvas</source>
        <translation>适合画布</translation>
    </message>
    <message>
        <source>Flip horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <source>Flip vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>高光</translation>
    </message>
    <message>
        <source>Highlights, Shadows</source>
        <translation>高光与阴影</translation>
    </message>
    <message>
        <source>Hue</source>
        <translation>色相</translation>
    </message>
    <message>
        <source>Keep parts</source>
        <translation>保留的部分</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Latent</source>
        <translation>潜空间</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Lens Falloff</source>
        <translation>镜头暗角校正</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>光线</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>范围修正</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>长边</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>LUT</translation>
    </message>
    <message>
        <source>Look (.cube)</source>
        <translation>LUT（.cube）</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>LUT 文件</translation>
    </message>
    <message>
        <source>Luminance</source>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>边距</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>Matte from</source>
        <translation>蒙版来源</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Midpoint</source>
        <translation>中点</translation>
    </message>
    <message>
        <source>Morph</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>No file was chosen for the look.</source>
        <translation>尚未选择 LUT 文件。</translation>
    </message>
    <message>
        <source>No photo was chosen to match.</source>
        <translation>尚未选择要匹配的照片。</translation>
    </message>
    <message>
        <source>No picture was chosen for the background.</source>
        <translation>尚未选择背景图片。</translation>
    </message>
    <message>
        <source>No product was found in both photos; all of them is compared.</source>
        <translation>没有在两张照片中都找到商品；改为比较整张照片。</translation>
    </message>
    <message>
        <source>No product was found in the picture to blend with; it is left out.</source>
        <translation>要混合的图片中没有找到商品；未采用该图片。</translation>
    </message>
    <message>
        <source>No product was found; all of the picture is fitted.</source>
        <translation>未找到产品；整张图片已适配到画布。</translation>
    </message>
    <message>
        <source>No product was found; nothing is cut out.</source>
        <translation>没有找到商品；未抠图。</translation>
    </message>
    <message>
        <source>No white paper was found; nothing is changed. Click it with This is paper.</source>
        <translation>没有找到白色背景纸；未作任何更改。请用“这里是纸面”点击纸面。</translation>
    </message>
    <message>
        <source>Noise level</source>
        <translation>杂色强度</translation>
    </message>
    <message>
        <source>Nothing is protected: Cut Out has to find the product first.</source>
        <translation>没有受保护的内容：需要先用“抠图”找到商品。</translation>
    </message>
    <message>
        <source>Nothing of the picture is in the part.</source>
        <translation>图片中没有任何内容属于该部分。</translation>
    </message>
    <message>
        <source>OKLab</source>
        <translation>OKLab</translation>
    </message>
    <message>
        <source>Packshot&apos;s own</source>
        <translation>Packshot 自带</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸面亮度</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>透视</translation>
    </message>
    <message>
        <source>Photo to match</source>
        <translation>要匹配的照片</translation>
    </message>
    <message>
        <source>Pick the part</source>
        <translation>点选部分</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Protect</source>
        <translation>保护</translation>
    </message>
    <message>
        <source>Protect neutral parts</source>
        <translation>保护中性色部分</translation>
    </message>
    <message>
        <source>Protect product colour</source>
        <translation>保护商品颜色</translation>
    </message>
    <message>
        <source>Protect skin</source>
        <translation>保护肤色</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>放回方式</translation>
    </message>
    <message>
        <source>Radius</source>
        <translation>半径</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Recolor</source>
        <translation>换色</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>去除</translation>
    </message>
    <message>
        <source>Roundness</source>
        <translation>圆度</translation>
    </message>
    <message>
        <source>Saturation</source>
        <translation>饱和度</translation>
    </message>
    <message>
        <source>Second colour</source>
        <translation>第二种颜色</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Shadows</source>
        <translation>阴影</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Shift edge</source>
        <translation>移动边缘</translation>
    </message>
    <message>
        <source>Should be grey</source>
        <translation>应为中性灰</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Softness</source>
        <translation>柔和度</translation>
    </message>
    <message>
        <source>Some of these sliders are unknown to the installed network; they change nothing.</source>
        <translation>已安装的神经网络不支持其中某些滑块；这些滑块不起作用。</translation>
    </message>
    <message>
        <source>Spill on the floor</source>
        <translation>地面反色</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>变化幅度</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>拉直</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标颜色</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>色温</translation>
    </message>
    <message>
        <source>The file of the look cannot be read, so the photo is without it.</source>
        <translation>无法读取 LUT 文件，因此未应用到照片。</translation>
    </message>
    <message>
        <source>The file of the look is no .cube file that can be used, so the photo is without it.</source>
        <translation>该文件不是可用的 .cube 文件，因此未应用到照片。</translation>
    </message>
    <message>
        <source>The matte covers everything; nothing is cut away.</source>
        <translation>蒙版覆盖了全部；没有去掉任何部分。</translation>
    </message>
    <message>
        <source>The part is neutral itself; neutral parts are not protected.</source>
        <translation>该部分本身就是中性色；中性色部分未受保护。</translation>
    </message>
    <message>
        <source>The photo to match cannot be read; nothing is changed.</source>
        <translation>无法读取要匹配的照片；未作任何更改。</translation>
    </message>
    <message>
        <source>The photo&apos;s own shadow is not known; cut the product out first.</source>
        <translation>尚不知道照片中原有的阴影；请先抠出产品。</translation>
    </message>
    <message>
        <source>The picture to blend with cannot be read; it is left out.</source>
        <translation>无法读取要混合的图片；未采用该图片。</translation>
    </message>
    <message>
        <source>The product is grey; it has no hue to be turned.</source>
        <translation>商品为灰色；没有可调整的色相。</translation>
    </message>
    <message>
        <source>The product touches the edge of the picture.</source>
        <translation>商品碰到了画面边缘。</translation>
    </message>
    <message>
        <source>The target lies outside sRGB; a file in sRGB gets the nearest colour that it holds.</source>
        <translation>目标颜色超出 sRGB 色域；sRGB 文件只能保存最接近的颜色。</translation>
    </message>
    <message>
        <source>The two photos have too little in common to be compared; nothing is changed.</source>
        <translation>两张照片共同之处太少，无法比较；未作任何更改。</translation>
    </message>
    <message>
        <source>There is no cut-out that could throw a shadow.</source>
        <translation>没有抠出的产品，无法添加阴影。</translation>
    </message>
    <message>
        <source>There is no cut-out to put a background behind.</source>
        <translation>没有抠出的产品，无法添加背景。</translation>
    </message>
    <message>
        <source>This is paper</source>
        <translation>这里是纸面</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Tint</source>
        <translation>色调</translation>
    </message>
    <message>
        <source>Turn</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Vibrance</source>
        <translation>自然饱和度</translation>
    </message>
    <message>
        <source>Vignette</source>
        <translation>晕影</translation>
    </message>
    <message>
        <source>White Balance</source>
        <translation>白平衡</translation>
    </message>
    <message>
        <source>White Card</source>
        <translation>白纸背景</translation>
    </message>
    <message>
        <source>Whites</source>
        <translation>白色色阶</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>as photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>carry the change</source>
        <translation>传递变化</translation>
    </message>
    <message>
        <source>cast</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>纯色</translation>
    </message>
    <message>
        <source>contact</source>
        <translation>接触阴影</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>渐变</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>network</source>
        <translation>神经网络</translation>
    </message>
    <message>
        <source>no noise found</source>
        <translation>未发现杂色</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>own</source>
        <translation>原有阴影</translation>
    </message>
    <message>
        <source>own size</source>
        <translation>自定义尺寸</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>radial</source>
        <translation>径向</translation>
    </message>
    <message>
        <source>reflection</source>
        <translation>倒影</translation>
    </message>
    <message>
        <source>show the design</source>
        <translation>显示设计</translation>
    </message>
    <message>
        <source>sunglasses</source>
        <translation>太阳镜</translation>
    </message>
    <message>
        <source>transparent</source>
        <translation>透明</translation>
    </message>
    <message>
        <source>trousers</source>
        <translation>长裤</translation>
    </message>
    <message>
        <source>watch</source>
        <translation>手表</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>ΔE2000 to target: {:.1f}</source>
        <translation>与目标的 ΔE2000：{:.1f}</translation>
    </message>
    <message>
        <source>σ</source>
        <translation>σ</translation>
    </message>
    <message>
        <source>σ (8-bit)</source>
        <translation>σ（8 位）</translation>
    </message>
</context>
<context>
    <name>Explorer</name>
    <message>
        <source>Once that has been put right, New Grid tries again.</source>
        <translation>解决此问题后，可点按“新网格”重试。</translation>
    </message>
    <message>
        <source>There is no edit whose variations could be explored</source>
        <translation>没有可探索变体的修改</translation>
    </message>
</context>
<context>
    <name>ExplorerBlend</name>
    <message>
        <source>Choose a photo of the product to blend with</source>
        <translation>选择要混合的商品的照片</translation>
    </message>
</context>
<context>
    <name>ExplorerDrawing</name>
    <message>
        <source>Drawing variations</source>
        <translation>正在绘制变体</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>重新渲染</translation>
    </message>
    <message>
        <source>Stopped: the variations are not up to date</source>
        <translation>已停止：各变体不是最新的</translation>
    </message>
</context>
<context>
    <name>ExplorerSheet</name>
    <message>
        <source>&amp;Blend With…</source>
        <translation>混合(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;New Grid</source>
        <translation>新网格(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Save Sheet…</source>
        <translation>保存对照表(&amp;S)…</translation>
    </message>
    <message>
        <source>Back to the photo</source>
        <translation>返回照片</translation>
    </message>
    <message>
        <source>Blend with {}</source>
        <translation>与 {} 混合</translation>
    </message>
    <message>
        <source>Choose a photo of another product: every cell is then something between both</source>
        <translation>选择另一件商品的照片：每一格都会介于两者之间</translation>
    </message>
    <message>
        <source>Columns of the grid</source>
        <translation>网格列数</translation>
    </message>
    <message>
        <source>Dislike	D</source>
        <translation>不喜欢	D</translation>
    </message>
    <message>
        <source>Explorer</source>
        <translation>变体探索</translation>
    </message>
    <message>
        <source>Forget what you liked and disliked</source>
        <translation>清除喜欢和不喜欢的标记</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Like	L</source>
        <translation>喜欢	L</translation>
    </message>
    <message>
        <source>Make Virtual &amp;Copy</source>
        <translation>新建虚拟副本(&amp;C)</translation>
    </message>
    <message>
        <source>Make Virtual Copy</source>
        <translation>新建虚拟副本</translation>
    </message>
    <message>
        <source>Make {} Virtual &amp;Copies</source>
        <translation>新建 {} 个虚拟副本(&amp;C)</translation>
    </message>
    <message>
        <source>Move Here</source>
        <translation>移到此处</translation>
    </message>
    <message>
        <source>Move Here and Back to the Photo</source>
        <translation>移到此处并返回照片</translation>
    </message>
    <message>
        <source>No product to blend with</source>
        <translation>取消混合的商品</translation>
    </message>
    <message>
        <source>Of the variations that are selected, or of the one the frame is around</source>
        <translation>用于所选变体；未选择时用于带框的变体</translation>
    </message>
    <message>
        <source>Other variations, by what you liked and disliked</source>
        <translation>根据喜欢和不喜欢的标记生成其他变体</translation>
    </message>
    <message>
        <source>Pin	P</source>
        <translation>固定	P</translation>
    </message>
    <message>
        <source>Rows of the grid</source>
        <translation>网格行数</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Seed: the same number gives the same variations</source>
        <translation>种子：相同的数字会得到相同的变体</translation>
    </message>
    <message>
        <source>The way to here</source>
        <translation>到达此处的路径</translation>
    </message>
    <message>
        <source>Variation {}-{}</source>
        <translation>变体 {}-{}</translation>
    </message>
    <message>
        <source>What the product could look like</source>
        <translation>商品可能的样子</translation>
    </message>
    <message>
        <source>{} liked, {} disliked</source>
        <translation>{} 个喜欢，{} 个不喜欢</translation>
    </message>
</context>
<context>
    <name>ExportColourways</name>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Kind of file</source>
        <translation>文件类型(&amp;K)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export Colourways</source>
        <translation>导出各配色</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>In {} there are already: {}.</source>
        <translation>{} 中已有：{}。</translation>
    </message>
    <message>
        <source>Keep Those, Write the Others</source>
        <translation>保留这些，写入其余</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>文件类型</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Replace files?</source>
        <translation>要替换文件吗？</translation>
    </message>
    <message>
        <source>The folder for the colours</source>
        <translation>存放各配色的文件夹</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} 以及另外 {} 个</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>A network has made or reshaped a part of this. Places that take photos only may refuse it.</source>
        <translation>其中有部分内容由神经网络生成或改变。只接受照片的平台可能会拒收。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export as {}</source>
        <translation>导出为 {}</translation>
    </message>
    <message>
        <source>This is a concept: a network drew it. Places that take photos only may refuse it.</source>
        <translation>这是概念图：由神经网络生成。只接受照片的平台可能会拒收。</translation>
    </message>
</context>
<context>
    <name>FileControl</name>
    <message>
        <source>Choose a file for {}</source>
        <translation>为“{}”选择文件</translation>
    </message>
    <message>
        <source>No {}</source>
        <translation>清除“{}”</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{} has a name or a path that cannot be kept; rename it first.</source>
        <translation>无法保存 {} 的文件名或路径；请先重命名。</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Opening {}</source>
        <translation>正在打开 {}</translation>
    </message>
    <message>
        <source>Saving {}</source>
        <translation>正在保存 {}</translation>
    </message>
</context>
<context>
    <name>FilmStrip</name>
    <message>
        <source>No photo passes the filter</source>
        <translation>没有照片符合过滤条件</translation>
    </message>
    <message>
        <source>Photos in the folder</source>
        <translation>文件夹中的照片</translation>
    </message>
    <message>
        <source>{} of {} photos</source>
        <translation>{} / {} 张照片</translation>
    </message>
    <message>
        <source>{} photos</source>
        <translation>{} 张照片</translation>
    </message>
    <message>
        <source>{} selected</source>
        <translation>已选择 {} 张</translation>
    </message>
    <message>
        <source>{}: there are no photos in this folder</source>
        <translation>{}：此文件夹中没有照片</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>At least, just, or at most so many stars</source>
        <translation>至少、正好或至多这么多星</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除过滤条件</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Edited or not</source>
        <translation>是否修改过</translation>
    </message>
    <message>
        <source>Edited or not, to filter by</source>
        <translation>按是否修改过过滤</translation>
    </message>
    <message>
        <source>How the rating is compared</source>
        <translation>星级的比较方式</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Not edited</source>
        <translation>未修改</translation>
    </message>
    <message>
        <source>Part of the name to filter by</source>
        <translation>按名称的一部分过滤</translation>
    </message>
    <message>
        <source>Rating to filter by</source>
        <translation>按星级过滤</translation>
    </message>
    <message>
        <source>Rating {} {}</source>
        <translation>星级 {} {}</translation>
    </message>
</context>
<context>
    <name>FoundListModel</name>
    <message>
        <source>not available</source>
        <translation>不可用</translation>
    </message>
</context>
<context>
    <name>Heading</name>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>细节</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>构图</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>影调</translation>
    </message>
</context>
<context>
    <name>HistogramView</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>(erased)</source>
        <translation>（已擦除）</translation>
    </message>
    <message>
        <source>(painted)</source>
        <translation>（已绘制）</translation>
    </message>
    <message>
        <source>All edits reset</source>
        <translation>重置所有修改</translation>
    </message>
    <message>
        <source>Changes to {} Photos</source>
        <translation>更改 {} 张照片</translation>
    </message>
    <message>
        <source>Colourway: {}</source>
        <translation>配色：{}</translation>
    </message>
    <message>
        <source>Edit renamed</source>
        <translation>重命名修改</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Match of a Photo</source>
        <translation>匹配一张照片</translation>
    </message>
    <message>
        <source>Match of {} Photos</source>
        <translation>匹配 {} 张照片</translation>
    </message>
    <message>
        <source>Matched to another photo</source>
        <translation>已与另一张照片匹配</translation>
    </message>
    <message>
        <source>Move in the Explorer</source>
        <translation>在变体探索中移动</translation>
    </message>
    <message>
        <source>Moved in the explorer</source>
        <translation>在变体探索中移动</translation>
    </message>
    <message>
        <source>New Name of an Edit</source>
        <translation>重命名编辑</translation>
    </message>
    <message>
        <source>No change</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Paste onto {} Photos</source>
        <translation>粘贴到 {} 张照片</translation>
    </message>
    <message>
        <source>Pasted edits</source>
        <translation>粘贴修改</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Preset: {}</source>
        <translation>预设：{}</translation>
    </message>
    <message>
        <source>Rating or Label</source>
        <translation>评级或标签</translation>
    </message>
    <message>
        <source>Rating or Label of {} Photos</source>
        <translation>{} 张照片的评级或标签</translation>
    </message>
    <message>
        <source>Reset of All Edits</source>
        <translation>重置所有编辑</translation>
    </message>
    <message>
        <source>Reset of {} Photos</source>
        <translation>重置 {} 张照片</translation>
    </message>
    <message>
        <source>Several edits</source>
        <translation>多项修改</translation>
    </message>
    <message>
        <source>Steps, the newest first</source>
        <translation>历史步骤，最新的在前</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>{name} on {} Photos</source>
        <translation>{name}（{} 张照片）</translation>
    </message>
    <message>
        <source>{} changed</source>
        <translation>已更改“{}”</translation>
    </message>
    <message>
        <source>{} removed</source>
        <translation>已移除“{}”</translation>
    </message>
    <message>
        <source>{} reset</source>
        <translation>已重置“{}”</translation>
    </message>
    <message>
        <source>{} switched off</source>
        <translation>已关闭“{}”</translation>
    </message>
    <message>
        <source>{} switched on</source>
        <translation>已开启“{}”</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}：{}</translation>
    </message>
    <message>
        <source>{}: {} reset</source>
        <translation>{}：已重置{}</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Clipboard.png</source>
        <translation>剪贴板.png</translation>
    </message>
    <message>
        <source>One folder at a time, please</source>
        <translation>请一次只拖入一个文件夹</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard</source>
        <translation>剪贴板中没有图片</translation>
    </message>
    <message>
        <source>{} is not there any more</source>
        <translation>{} 已不存在</translation>
    </message>
</context>
<context>
    <name>Keeping</name>
    <message>
        <source>The edits of {} cannot be kept beside it ({}); you will be asked before they are lost.</source>
        <translation>无法将 {} 的修改保存在它旁边（{}）；在丢失之前会先询问您。</translation>
    </message>
    <message>
        <source>{} has been edited in another window as well; those edits are kept in {}.</source>
        <translation>{} 在另一个窗口中也编辑过；那些编辑保存在 {} 中。</translation>
    </message>
</context>
<context>
    <name>Listing</name>
    <message>
        <source>cannot be read ({})</source>
        <translation>无法读取（{}）</translation>
    </message>
</context>
<context>
    <name>Looks</name>
    <message>
        <source>In the look only as far as it is the same everywhere in the photo: {}.</source>
        <translation>仅包含对整张照片一致的部分：{}。</translation>
    </message>
    <message>
        <source>Not in the look: {}.</source>
        <translation>未包含在 LUT 中：{}。</translation>
    </message>
    <message>
        <source>Saved {}, {}</source>
        <translation>已保存 {}，{}</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}：{}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Closing once that is done</source>
        <translation>完成后将关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>ManagePresets</name>
    <message>
        <source>&amp;Delete</source>
        <translation>删除(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Open Folder</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>重命名(&amp;R)</translation>
    </message>
    <message>
        <source>A preset needs a name</source>
        <translation>预设需要一个名称</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Delete Preset</source>
        <translation>删除预设</translation>
    </message>
    <message>
        <source>Delete the preset “{}”? Photos that it was used on stay as they are.</source>
        <translation>要删除预设“{}”吗？已应用过它的照片保持不变。</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>That cannot be written: {}</source>
        <translation>无法写入：{}</translation>
    </message>
    <message>
        <source>There is a preset called “{}” already</source>
        <translation>已有名为“{}”的预设</translation>
    </message>
    <message>
        <source>{} cannot be read: {}</source>
        <translation>无法读取 {}：{}</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>Marking {} photos</source>
        <translation>正在标记 {} 张照片</translation>
    </message>
    <message>
        <source>{} photos</source>
        <translation>{} 张照片</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}：{}</translation>
    </message>
</context>
<context>
    <name>Matching</name>
    <message>
        <source>In the film strip, select the photos that are to match this one as well</source>
        <translation>请在胶片栏中一并选中要与这张匹配的照片</translation>
    </message>
    <message>
        <source>This photo is not a file yet; the others can be matched once it is</source>
        <translation>这张照片还不是文件；存为文件后才能让其他照片与它匹配</translation>
    </message>
</context>
<context>
    <name>MatteOverlay</name>
    <message>
        <source>No edit that is on finds the product of this photo</source>
        <translation>这张照片没有启用的编辑能找出商品</translation>
    </message>
</context>
<context>
    <name>Mattes</name>
    <message>
        <source>Saved {}, {}</source>
        <translation>已保存 {}，{}</translation>
    </message>
    <message>
        <source>The matte of {} cannot be taken away ({}).</source>
        <translation>无法移除 {} 的蒙版（{}）。</translation>
    </message>
    <message>
        <source>The matte was taken away; it is kept as {}</source>
        <translation>蒙版已移除；保留为 {}</translation>
    </message>
    <message>
        <source>{} has a matte of its own now</source>
        <translation>{} 现在有自己的蒙版了</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>&amp;1 Star</source>
        <translation>1 星(&amp;1)</translation>
    </message>
    <message>
        <source>&amp;1:1</source>
        <translation>1:1(&amp;1)</translation>
    </message>
    <message>
        <source>&amp;2 Stars</source>
        <translation>2 星(&amp;2)</translation>
    </message>
    <message>
        <source>&amp;2:1</source>
        <translation>2:1(&amp;2)</translation>
    </message>
    <message>
        <source>&amp;3 Stars</source>
        <translation>3 星(&amp;3)</translation>
    </message>
    <message>
        <source>&amp;4 Stars</source>
        <translation>4 星(&amp;4)</translation>
    </message>
    <message>
        <source>&amp;5 Stars</source>
        <translation>5 星(&amp;5)</translation>
    </message>
    <message>
        <source>&amp;About Packshot</source>
        <translation>关于 Packshot(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;All Panels</source>
        <translation>所有面板(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>修改前(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Black</source>
        <translation>黑色(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation>蓝色(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>画笔(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Checkerboard</source>
        <translation>棋盘格(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>清除列表(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Command Search</source>
        <translation>命令搜索(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy Edits…</source>
        <translation>复制修改(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Copy Picture</source>
        <translation>复制图像(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Crop</source>
        <translation>裁剪(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Delete Virtual Copy…</source>
        <translation>删除虚拟副本(&amp;D)…</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Eyedropper</source>
        <translation>吸管(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Gamut Warning</source>
        <translation>色域警告(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation>绿色(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史记录(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts Sheet…</source>
        <translation>快捷键一览表(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts…</source>
        <translation>键盘快捷键(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Magenta</source>
        <translation>洋红(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Manage Presets…</source>
        <translation>管理预设(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Matte Brush</source>
        <translation>蒙版画笔(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Monitor Profile…</source>
        <translation>显示器配置文件(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;New Product from Words…</source>
        <translation>用文字生成新商品(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;No Label</source>
        <translation>无色标(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;No Stars</source>
        <translation>无星级(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Off</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste Edits</source>
        <translation>粘贴修改(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Paste as Photo</source>
        <translation>粘贴为照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Perspective</source>
        <translation>透视(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Photo</source>
        <translation>照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation>紫色(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Rating</source>
        <translation>星级(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation>红色(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo {}</source>
        <translation>重做“{}”(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Save Edits as Preset…</source>
        <translation>将修改存储为预设(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Sort Photos by</source>
        <translation>照片排序方式(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Straighten by a Line</source>
        <translation>画线拉直(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo {}</source>
        <translation>撤销“{}”(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;White</source>
        <translation>白色(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation>黄色(&amp;Y)</translation>
    </message>
    <message>
        <source>A &amp;Profile from a File…</source>
        <translation>文件中的配置文件(&amp;P)…</translation>
    </message>
    <message>
        <source>Befo&amp;re and After Split</source>
        <translation>修改前/修改后：拆分视图(&amp;R)</translation>
    </message>
    <message>
        <source>Before and After Side by Si&amp;de</source>
        <translation>修改前/修改后：并排(&amp;D)</translation>
    </message>
    <message>
        <source>Colour La&amp;bel</source>
        <translation>色标(&amp;B)</translation>
    </message>
    <message>
        <source>Colour&amp;ways…</source>
        <translation>配色方案(&amp;W)…</translation>
    </message>
    <message>
        <source>Copy &amp;All Edits</source>
        <translation>复制所有修改(&amp;A)</translation>
    </message>
    <message>
        <source>Date &amp;Changed</source>
        <translation>修改日期(&amp;C)</translation>
    </message>
    <message>
        <source>Date &amp;Taken</source>
        <translation>拍摄日期(&amp;T)</translation>
    </message>
    <message>
        <source>E&amp;xplore Variations…</source>
        <translation>探索变体(&amp;X)…</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edits of the Ph&amp;oto Before</source>
        <translation>应用上一张照片的修改(&amp;O)</translation>
    </message>
    <message>
        <source>Fi&amp;ll</source>
        <translation>填满(&amp;L)</translation>
    </message>
    <message>
        <source>Film S&amp;trip</source>
        <translation>胶片显示窗格(&amp;T)</translation>
    </message>
    <message>
        <source>Filt&amp;er Photos</source>
        <translation>过滤照片(&amp;E)</translation>
    </message>
    <message>
        <source>Find by &amp;Name</source>
        <translation>按名称查找(&amp;N)</translation>
    </message>
    <message>
        <source>Fit &amp;or 1:1</source>
        <translation>适合或 1:1(&amp;O)</translation>
    </message>
    <message>
        <source>Flip &amp;Horizontally</source>
        <translation>水平翻转(&amp;H)</translation>
    </message>
    <message>
        <source>Flip Ver&amp;tically</source>
        <translation>垂直翻转(&amp;T)</translation>
    </message>
    <message>
        <source>Mark &amp;Clipped Pixels</source>
        <translation>标出剪切的像素(&amp;C)</translation>
    </message>
    <message>
        <source>Match Selectio&amp;n to This Photo</source>
        <translation>将所选照片与这张匹配(&amp;N)</translation>
    </message>
    <message>
        <source>Ne&amp;xt Photo</source>
        <translation>下一张照片(&amp;X)</translation>
    </message>
    <message>
        <source>New &amp;Virtual Copy</source>
        <translation>新建虚拟副本(&amp;V)</translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation>打开文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>Open Ma&amp;tte…</source>
        <translation>打开蒙版(&amp;T)…</translation>
    </message>
    <message>
        <source>Pr&amp;eferences…</source>
        <translation>首选项(&amp;E)…</translation>
    </message>
    <message>
        <source>Pre&amp;vious Photo</source>
        <translation>上一张照片(&amp;V)</translation>
    </message>
    <message>
        <source>R&amp;eset All Edits</source>
        <translation>重置所有修改(&amp;E)</translation>
    </message>
    <message>
        <source>Remo&amp;ve Matte</source>
        <translation>移除蒙版(&amp;V)</translation>
    </message>
    <message>
        <source>Render a&amp;gain</source>
        <translation>重新渲染(&amp;G)</translation>
    </message>
    <message>
        <source>Save &amp;Look as .cube…</source>
        <translation>将 LUT 存为 .cube(&amp;L)…</translation>
    </message>
    <message>
        <source>Save M&amp;atte…</source>
        <translation>保存蒙版(&amp;A)…</translation>
    </message>
    <message>
        <source>Select &amp;All Photos</source>
        <translation>选择所有照片(&amp;A)</translation>
    </message>
    <message>
        <source>Select &amp;Open Photo Only</source>
        <translation>仅选择打开的照片(&amp;O)</translation>
    </message>
    <message>
        <source>Sho&amp;w Matte Overlay</source>
        <translation>显示蒙版(&amp;W)</translation>
    </message>
    <message>
        <source>Show in File &amp;Manager</source>
        <translation>在文件管理器中显示(&amp;M)</translation>
    </message>
    <message>
        <source>Soft &amp;Proof</source>
        <translation>软打样(&amp;P)</translation>
    </message>
    <message>
        <source>Transparenc&amp;y</source>
        <translation>透明区域(&amp;Y)</translation>
    </message>
    <message>
        <source>Turn &amp;Left</source>
        <translation>向左旋转(&amp;L)</translation>
    </message>
    <message>
        <source>Turn R&amp;ight</source>
        <translation>向右旋转(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>缩小(&amp;U)</translation>
    </message>
</context>
<context>
    <name>Monitor</name>
    <message>
        <source>{}: cannot be read ({})</source>
        <translation>{}：无法读取（{}）</translation>
    </message>
    <message>
        <source>{}: is no colour profile of an RGB screen</source>
        <translation>{}：不是 RGB 屏幕的颜色配置文件</translation>
    </message>
</context>
<context>
    <name>Naming</name>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>blue label</source>
        <translation>蓝色色标</translation>
    </message>
    <message>
        <source>concept</source>
        <translation>概念图</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>green label</source>
        <translation>绿色色标</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无色标</translation>
    </message>
    <message>
        <source>no stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <source>purple label</source>
        <translation>紫色色标</translation>
    </message>
    <message>
        <source>red label</source>
        <translation>红色色标</translation>
    </message>
    <message>
        <source>yellow label</source>
        <translation>黄色色标</translation>
    </message>
    <message>
        <source>{} (copy {})</source>
        <translation>{}（副本 {}）</translation>
    </message>
    <message>
        <source>{} ({})</source>
        <translation>{}（{}）</translation>
    </message>
    <message>
        <source>{} stars</source>
        <translation>{} 星</translation>
    </message>
</context>
<context>
    <name>NetworkControl</name>
    <message>
        <source>This network is not on this computer: packshot models add brings it.</source>
        <translation>这台电脑上没有此网络：可用 packshot models add 添加。</translation>
    </message>
    <message>
        <source>{} (missing)</source>
        <translation>{}（缺失）</translation>
    </message>
</context>
<context>
    <name>OutputFields</name>
    <message>
        <source> KB</source>
        <translation> KB</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>颜色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Depth</source>
        <translation>位深(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Lossless</source>
        <translation>无损(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Progressive: shown coarse at first while it loads</source>
        <translation>渐进式：加载时先粗略显示(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quality</source>
        <translation>品质(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Remove GPS position</source>
        <translation>移除 GPS 位置(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Warn of what is no photo</source>
        <translation>不是照片时发出警告(&amp;W)</translation>
    </message>
    <message>
        <source>10 bit</source>
        <translation>10 位</translation>
    </message>
    <message>
        <source>12 bit</source>
        <translation>12 位</translation>
    </message>
    <message>
        <source>16 bit</source>
        <translation>16 位</translation>
    </message>
    <message>
        <source>32 bit float</source>
        <translation>32 位浮点</translation>
    </message>
    <message>
        <source>4:2:0, a smaller file</source>
        <translation>4:2:0，文件较小</translation>
    </message>
    <message>
        <source>4:4:4, sharp edges between colours</source>
        <translation>4:4:4，色彩边缘清晰</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>As near to the photo as can be ({})</source>
        <translation>尽可能接近照片（{}）</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>As the photo ({})</source>
        <translation>与照片相同（{}）</translation>
    </message>
    <message>
        <source>C&amp;hroma</source>
        <translation>色度采样(&amp;H)</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>For places that take no concepts and renders</source>
        <translation>用于不接受概念图和渲染图的平台</translation>
    </message>
    <message>
        <source>Largest size of the file</source>
        <translation>文件大小上限</translation>
    </message>
    <message>
        <source>No larger &amp;than</source>
        <translation>不超过(&amp;T)</translation>
    </message>
    <message>
        <source>Photos only</source>
        <translation>仅限照片</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品质</translation>
    </message>
    <message>
        <source>The file does not say where the photo was taken</source>
        <translation>文件中不会包含拍摄地点</translation>
    </message>
    <message>
        <source>The quality is lowered as far as that takes.</source>
        <translation>品质会按需要降低。</translation>
    </message>
    <message>
        <source>sRGB, always</source>
        <translation>始终为 sRGB</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>Edits</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Fold all edits</source>
        <translation>折叠所有修改</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Unfold all edits</source>
        <translation>展开所有修改</translation>
    </message>
</context>
<context>
    <name>PinsControl</name>
    <message>
        <source>1 point</source>
        <translation>1 个点</translation>
    </message>
    <message>
        <source>no points</source>
        <translation>没有点</translation>
    </message>
    <message>
        <source>{} points</source>
        <translation>{} 个点</translation>
    </message>
    <message>
        <source>{}: click on the photo</source>
        <translation>{}：在照片上点击</translation>
    </message>
    <message>
        <source>{}: take all points away</source>
        <translation>{}：去掉所有点</translation>
    </message>
</context>
<context>
    <name>PointsControl</name>
    <message>
        <source>Reset {}</source>
        <translation>重置“{}”</translation>
    </message>
    <message>
        <source>Set {} on the photo</source>
        <translation>在照片上设置{}</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>set</source>
        <translation>已设置</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>&amp;File type proposed</source>
        <translation>建议的文件类型(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Memory for pictures</source>
        <translation>图像内存(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Networks run on</source>
        <translation>神经网络运行于(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Settings of</source>
        <translation>以下格式的设置(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>As the photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>At once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>CUDA, or the CPU where there is none</source>
        <translation>CUDA，没有时使用 CPU</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>From the next picture on that is rendered.</source>
        <translation>从下一次渲染起生效。</translation>
    </message>
    <message>
        <source>From the next start on: this time the command line says it.</source>
        <translation>下次启动时生效：本次由命令行指定。</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Memory for pictures, in megabytes</source>
        <translation>图像内存（MB）</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>This computer has {} GB; up to {} MB is sensible.</source>
        <translation>这台计算机有 {} GB 内存；建议不超过 {} MB。</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>No presets yet</source>
        <translation>还没有预设</translation>
    </message>
    <message>
        <source>Open Folder of Presets</source>
        <translation>打开预设文件夹</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Rename and Delete…</source>
        <translation>重命名和删除…</translation>
    </message>
    <message>
        <source>Save Edits as Preset…</source>
        <translation>将修改存储为预设…</translation>
    </message>
    <message>
        <source>Save This Edit as Preset…</source>
        <translation>将此项修改存储为预设…</translation>
    </message>
    <message>
        <source>Saved the preset “{}”</source>
        <translation>已存储预设“{}”</translation>
    </message>
    <message>
        <source>Some presets cannot be read. {}</source>
        <translation>有些预设无法读取。{}</translation>
    </message>
    <message>
        <source>The preset cannot be saved: {}</source>
        <translation>无法存储预设：{}</translation>
    </message>
    <message>
        <source>This photo has no edits to keep as a preset</source>
        <translation>这张照片没有可存储为预设的修改</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Render again</source>
        <translation>重新渲染</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>正在渲染</translation>
    </message>
    <message>
        <source>Stopped: the picture is not up to date</source>
        <translation>已停止：图像不是最新的</translation>
    </message>
    <message>
        <source>The picture is not up to date</source>
        <translation>图像不是最新的</translation>
    </message>
</context>
<context>
    <name>Proofing</name>
    <message>
        <source>Colour profiles</source>
        <translation>颜色配置文件</translation>
    </message>
    <message>
        <source>Proof with a colour profile</source>
        <translation>用颜色配置文件打样</translation>
    </message>
    <message>
        <source>The profile of this monitor (none: as the system says)</source>
        <translation>此显示器的配置文件（取消：使用系统设置）</translation>
    </message>
    <message>
        <source>{}: cannot be read ({})</source>
        <translation>{}：无法读取（{}）</translation>
    </message>
    <message>
        <source>{}: is no colour profile of an output that Packshot knows</source>
        <translation>{}：不是 Packshot 认识的输出颜色配置文件</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>About Packshot</source>
        <translation>关于 Packshot</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Close Packshot?</source>
        <translation>要关闭 Packshot 吗？</translation>
    </message>
    <message>
        <source>Discard and Close</source>
        <translation>放弃并关闭</translation>
    </message>
    <message>
        <source>Discard, Stop and Close</source>
        <translation>放弃、停止并关闭</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Finish and Close</source>
        <translation>完成后关闭</translation>
    </message>
    <message>
        <source>Look, {} points a side</source>
        <translation>LUT，每边 {} 点</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>Open a matte: white, or opaque, where the product is</source>
        <translation>打开蒙版：商品处为白色或不透明</translation>
    </message>
    <message>
        <source>Open a photo</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>PNG, greys of 16 bits</source>
        <translation>PNG，16 位灰度</translation>
    </message>
    <message>
        <source>PNG, greys of 8 bits</source>
        <translation>PNG，8 位灰度</translation>
    </message>
    <message>
        <source>Packshot edits product photos and never touches the original.
GPL-3.0-or-later</source>
        <translation>Packshot 用于编辑产品照片，从不改动原始文件。
GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Replace the original</source>
        <translation>替换原始照片</translation>
    </message>
    <message>
        <source>Replace the original?</source>
        <translation>要替换原始照片吗？</translation>
    </message>
    <message>
        <source>Replacing it cannot be undone: the unedited photo would be gone.</source>
        <translation>替换后无法撤销：未修改的照片将不复存在。</translation>
    </message>
    <message>
        <source>Save and Close</source>
        <translation>保存并关闭</translation>
    </message>
    <message>
        <source>Save the edits?</source>
        <translation>要保存修改吗？</translation>
    </message>
    <message>
        <source>Save the look for other programs</source>
        <translation>为其他程序保存 LUT</translation>
    </message>
    <message>
        <source>Save the matte</source>
        <translation>保存蒙版</translation>
    </message>
    <message>
        <source>Save writes a new file; the original stays as it is.</source>
        <translation>保存会写入新文件；原始照片保持不变。</translation>
    </message>
    <message>
        <source>Save, Finish and Close</source>
        <translation>保存、完成后关闭</translation>
    </message>
    <message>
        <source>Stop and Close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>The edits of {} have not been saved.</source>
        <translation>{} 的修改尚未保存。</translation>
    </message>
    <message>
        <source>This is still running:</source>
        <translation>仍在进行：</translation>
    </message>
    <message>
        <source>Virtual copies of it that would lose their edits as well: {}.</source>
        <translation>其虚拟副本的编辑也会失效，副本数量：{}。</translation>
    </message>
    <message>
        <source>{} is the original photo.</source>
        <translation>{} 是原始照片。</translation>
    </message>
</context>
<context>
    <name>Readout</name>
    <message>
        <source>Column and row of the pixel under the pointer, its colour in sRGB, and in Lab (D50)</source>
        <translation>指针下像素的列和行，及其 sRGB 和 Lab (D50) 颜色</translation>
    </message>
    <message>
        <source>Pixel under the pointer</source>
        <translation>指针下的像素</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名过长</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>It has a channel beside its colours that is not its transparency; that is left out.</source>
        <translation>除颜色外还有一个并非透明度的通道，已略去。</translation>
    </message>
    <message>
        <source>It holds several frames, of which this is the first.</source>
        <translation>文件含有多帧，这是第一帧。</translation>
    </message>
    <message>
        <source>It holds several pages, of which this is the first.</source>
        <translation>文件含有多页，这是第一页。</translation>
    </message>
    <message>
        <source>It is an HDR picture ({}): its lights go beyond white.</source>
        <translation>这是 HDR 图片（{}）：亮部超出白色。</translation>
    </message>
    <message>
        <source>It was CIELab, and comes in as ProPhoto RGB.</source>
        <translation>原为 CIELab，读入为 ProPhoto RGB。</translation>
    </message>
    <message>
        <source>Its colours are of a kind that is not known; they are taken for sRGB.</source>
        <translation>颜色类型未知，按 sRGB 处理。</translation>
    </message>
    <message>
        <source>Its colours are stored without their own profile, and what lies outside sRGB is lost in reading it.</source>
        <translation>颜色没有自带的配置文件，读取时会丢失 sRGB 以外的颜色。</translation>
    </message>
    <message>
        <source>Left out: {} in printing inks (CMYK). Save them as RGB or Lab.</source>
        <translation>已略去 {} 个印刷油墨色（CMYK）。请将其另存为 RGB 或 Lab。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>设备上没有剩余空间</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有这个文件或文件夹</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是文件夹</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>操作不被允许</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不足</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>The matte beside it is left out: {}</source>
        <translation>旁边的蒙版未被采用：{}</translation>
    </message>
    <message>
        <source>a matte of {} x {} pixels does not fit {} x {}</source>
        <translation>{} x {} 像素的蒙版与 {} x {} 不相配</translation>
    </message>
    <message>
        <source>a matte of {} x {} pixels is too small for a photo</source>
        <translation>{} x {} 像素的蒙版对照片来说太小</translation>
    </message>
    <message>
        <source>a network that makes {} pixels of one is not run in tiles</source>
        <translation>把一个像素变成 {} 个像素的网络不能分块运行</translation>
    </message>
    <message>
        <source>a preset needs a name</source>
        <translation>预设需要一个名称</translation>
    </message>
    <message>
        <source>a preset needs at least one edit</source>
        <translation>预设至少需要一项修改</translation>
    </message>
    <message>
        <source>a swatch is not whole</source>
        <translation>有一个色板不完整</translation>
    </message>
    <message>
        <source>cannot be read ({})</source>
        <translation>无法读取（{}）</translation>
    </message>
    <message>
        <source>cannot be written (there is no such folder)</source>
        <translation>无法写入（没有这个文件夹）</translation>
    </message>
    <message>
        <source>cannot be written ({})</source>
        <translation>无法写入（{}）</translation>
    </message>
    <message>
        <source>cannot be written as {} ({})</source>
        <translation>无法写为 {}（{}）</translation>
    </message>
    <message>
        <source>cannot write {}; use .jpg, .png, .tif, .webp, .avif or .jxl</source>
        <translation>无法写入 {}；请使用 .jpg、.png、.tif、.webp、.avif 或 .jxl</translation>
    </message>
    <message>
        <source>channels are missing</source>
        <translation>缺少通道</translation>
    </message>
    <message>
        <source>does not fit into memory</source>
        <translation>内存装不下</translation>
    </message>
    <message>
        <source>has a table that nobody can read: its first line has to say name,hex or name,r,g,b or name,L,a,b</source>
        <translation>中的表格无法读取：首行须为 name,hex 或 name,r,g,b 或 name,L,a,b</translation>
    </message>
    <message>
        <source>has more than {} scans, as no camera&apos;s JPEG has</source>
        <translation>扫描次数超过 {}，没有相机会生成这样的 JPEG</translation>
    </message>
    <message>
        <source>has more than {} swatches</source>
        <translation>含有超过 {} 个色板</translation>
    </message>
    <message>
        <source>has no Packshot card, so nobody knows how to run it</source>
        <translation>没有 Packshot 卡片，不知道如何运行</translation>
    </message>
    <message>
        <source>has no matte: nothing says where the product is</source>
        <translation>没有蒙版：不知道商品在哪里</translation>
    </message>
    <message>
        <source>has no output {}, which its card names</source>
        <translation>没有其卡片所指的输出 {}</translation>
    </message>
    <message>
        <source>has no swatches in it</source>
        <translation>中没有色板</translation>
    </message>
    <message>
        <source>has swatches in printing inks (CMYK) only; save them as RGB or Lab</source>
        <translation>中只有印刷油墨色（CMYK）的色板；请将其另存为 RGB 或 Lab</translation>
    </message>
    <message>
        <source>holds pixels that are not numbers (NaN or infinite)</source>
        <translation>含有不是数值的像素（NaN 或无穷大）</translation>
    </message>
    <message>
        <source>holds samples of {} bits; read are 1 to 16 bits and float</source>
        <translation>采样为 {} 位；可读取的是 1 到 16 位和浮点</translation>
    </message>
    <message>
        <source>holds {} samples; read are 1 to 16 bits and float</source>
        <translation>采样类型为 {}；可读取的是 1 到 16 位和浮点</translation>
    </message>
    <message>
        <source>holds {} samples; read are 8 and 16 bits and float</source>
        <translation>采样类型为 {}；可读取的是 8 位、16 位和浮点</translation>
    </message>
    <message>
        <source>in line {}, {} is not a colour</source>
        <translation>第 {} 行：{} 不是颜色</translation>
    </message>
    <message>
        <source>is a CMYK JPEG XL picture, which is not read; save it as TIFF or JPEG</source>
        <translation>是 CMYK 的 JPEG XL 图片，无法读取；请另存为 TIFF 或 JPEG</translation>
    </message>
    <message>
        <source>is a JPEG of {} channels; read are grey, RGB and CMYK</source>
        <translation>是 {} 通道的 JPEG；可读取的是灰度、RGB 和 CMYK</translation>
    </message>
    <message>
        <source>is a PSD file of mode {}, which is not read</source>
        <translation>是 {} 模式的 PSD 文件，无法读取</translation>
    </message>
    <message>
        <source>is a TIFF of kind {}, which is not read</source>
        <translation>是 {} 类型的 TIFF，无法读取</translation>
    </message>
    <message>
        <source>is a file that an edit of the photo reads, which is not written over</source>
        <translation>是照片的编辑正在使用的文件，不会被覆盖</translation>
    </message>
    <message>
        <source>is a folder</source>
        <translation>是文件夹</translation>
    </message>
    <message>
        <source>is a folder, not a photo</source>
        <translation>是文件夹，不是照片</translation>
    </message>
    <message>
        <source>is a picture in printing inks, which is no matte; save it in grey</source>
        <translation>是印刷油墨颜色的图片，不能作蒙版；请存为灰度</translation>
    </message>
    <message>
        <source>is a stack of pictures, not a photo</source>
        <translation>是图片堆栈，不是照片</translation>
    </message>
    <message>
        <source>is damaged or cut short ({})</source>
        <translation>已损坏或不完整（{}）</translation>
    </message>
    <message>
        <source>is damaged, or of a camera that this version of LibRaw does not know</source>
        <translation>已损坏，或来自此版本 LibRaw 不认识的相机</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>是空文件</translation>
    </message>
    <message>
        <source>is larger than two gigabytes, which only TIFF, PSD and RAW files may be</source>
        <translation>大于 2 GB；只有 TIFF、PSD 和 RAW 文件可以这么大</translation>
    </message>
    <message>
        <source>is longer than 64 MiB</source>
        <translation>大于 64 MiB</translation>
    </message>
    <message>
        <source>is longer than 8 MiB, as no swatch file is</source>
        <translation>超过 8 MiB，不是色板文件</translation>
    </message>
    <message>
        <source>is no name for a look, which is written as .cube</source>
        <translation>不是 LUT 的文件名，LUT 须保存为 .cube</translation>
    </message>
    <message>
        <source>is no name for a matte, which is written as .png</source>
        <translation>不能作蒙版的文件名；蒙版写为 .png</translation>
    </message>
    <message>
        <source>is no swatch file; read are .ase, .gpl and .csv</source>
        <translation>不是色板文件；可读取 .ase、.gpl 和 .csv</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>is not a picture that Packshot reads ({})</source>
        <translation>不是 Packshot 能读取的图片（{}）</translation>
    </message>
    <message>
        <source>is not an ONNX model that can be run ({})</source>
        <translation>不是可以运行的 ONNX 模型（{}）</translation>
    </message>
    <message>
        <source>is not of one training with {}; they know other words</source>
        <translation>与 {} 不是同一次训练所得，两者认识的词不同</translation>
    </message>
    <message>
        <source>is not written: there is no edit of the photo that a look can hold</source>
        <translation>未写入：照片没有 LUT 可以保存的编辑</translation>
    </message>
    <message>
        <source>is not written: {}</source>
        <translation>未写入：{}</translation>
    </message>
    <message>
        <source>is the original, which is not overwritten unless asked</source>
        <translation>是原始照片，未经要求不会覆盖</translation>
    </message>
    <message>
        <source>is written, but edits of the picture before it are still beside it ({})</source>
        <translation>已写入，但之前图片的修改仍在它旁边（{}）</translation>
    </message>
    <message>
        <source>is written, but what it was drawn from is not ({})</source>
        <translation>已写入，但其生成依据未写入（{}）</translation>
    </message>
    <message>
        <source>it ends before its last swatch</source>
        <translation>文件在最后一个色板之前就结束了</translation>
    </message>
    <message>
        <source>it ends before its picture</source>
        <translation>文件在图片之前就结束了</translation>
    </message>
    <message>
        <source>it ends before its picture does</source>
        <translation>文件在图片结束之前就结束了</translation>
    </message>
    <message>
        <source>it has no palette</source>
        <translation>没有调色板</translation>
    </message>
    <message>
        <source>it has no usable CMYK profile, so its colours are approximate</source>
        <translation>没有可用的 CMYK 配置文件，颜色只是近似</translation>
    </message>
    <message>
        <source>it holds no picture</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <source>it holds {} channels, not {}</source>
        <translation>有 {} 个通道，而不是 {} 个</translation>
    </message>
    <message>
        <source>it is damaged or a decompression bomb</source>
        <translation>文件已损坏或是解压炸弹</translation>
    </message>
    <message>
        <source>it names colours that its palette does not have</source>
        <translation>使用了调色板中没有的颜色</translation>
    </message>
    <message>
        <source>it says it is {} x {} pixels</source>
        <translation>声称有 {} x {} 像素</translation>
    </message>
    <message>
        <source>it says that its samples have {} bits</source>
        <translation>声称采样为 {} 位</translation>
    </message>
    <message>
        <source>its card says it is for {}, not {}</source>
        <translation>卡片说明它用于 {}，而不是 {}</translation>
    </message>
    <message>
        <source>its checksum is not the one in its card; the file was changed or damaged</source>
        <translation>校验和与卡片中的不符；文件被更改或已损坏</translation>
    </message>
    <message>
        <source>its colour profile is damaged and left out</source>
        <translation>其颜色配置文件已损坏，已略去</translation>
    </message>
    <message>
        <source>its colour profile is for {}, not for {}; it is left out</source>
        <translation>其颜色配置文件适用于 {}，而不是 {}，已略去</translation>
    </message>
    <message>
        <source>its frame header is cut</source>
        <translation>帧头不完整</translation>
    </message>
    <message>
        <source>its header is cut</source>
        <translation>文件头不完整</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>文件头无效</translation>
    </message>
    <message>
        <source>its inputs {} are not those of its card</source>
        <translation>其输入 {} 与卡片不符</translation>
    </message>
    <message>
        <source>its layers reach beyond the file&apos;s end</source>
        <translation>图层超出了文件末尾</translation>
    </message>
    <message>
        <source>its tiles are larger than a photo</source>
        <translation>图块比照片还大</translation>
    </message>
    <message>
        <source>its tiles have no size</source>
        <translation>图块没有尺寸</translation>
    </message>
    <message>
        <source>makes pictures and tells nothing of them</source>
        <translation>只生成图片，不给出关于图片的信息</translation>
    </message>
    <message>
        <source>may not be read (permission denied)</source>
        <translation>没有读取权限</translation>
    </message>
    <message>
        <source>needs {}: pip install {}</source>
        <translation>需要 {}：pip install {}</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>没有找到 NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found ({})</source>
        <translation>没有找到 NVIDIA 驱动程序（{}）</translation>
    </message>
    <message>
        <source>not a text in UTF-8</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>rows of the picture are missing</source>
        <translation>缺少图片的若干行</translation>
    </message>
    <message>
        <source>says it is {} x {} pixels, far more than its {} bytes can hold: it is damaged or a decompression bomb</source>
        <translation>声称有 {} x {} 像素，远远超出其 {} 字节所能容纳的数量：文件已损坏或是解压炸弹</translation>
    </message>
    <message>
        <source>says it is {} x {} pixels; more than {} are refused</source>
        <translation>声称有 {} x {} 像素；超过 {} 像素的文件会被拒绝</translation>
    </message>
    <message>
        <source>strips of the picture are missing</source>
        <translation>缺少图片的若干条带</translation>
    </message>
    <message>
        <source>takes the inputs {}, not {}</source>
        <translation>接受的输入是 {}，而不是 {}</translation>
    </message>
    <message>
        <source>takes {}, and not floats</source>
        <translation>需要的输入是 {}，而不是浮点数</translation>
    </message>
    <message>
        <source>tells of pictures and makes none</source>
        <translation>只给出关于图片的信息，不生成图片</translation>
    </message>
    <message>
        <source>the picture ends too early</source>
        <translation>图片过早结束</translation>
    </message>
    <message>
        <source>the picture reaches beyond the file&apos;s end</source>
        <translation>图片超出了文件末尾</translation>
    </message>
    <message>
        <source>there are no edits in it</source>
        <translation>其中没有修改</translation>
    </message>
    <message>
        <source>there are values in it that are no colours</source>
        <translation>其中有不是颜色的数值</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>没有这个文件</translation>
    </message>
    <message>
        <source>there is no such model; it does the task {}</source>
        <translation>没有这个模型；它用于任务 {}</translation>
    </message>
    <message>
        <source>there is no such network for {}; `packshot models add` brings one along</source>
        <translation>没有用于 {} 的这个网络；可用 `packshot models add` 添加</translation>
    </message>
    <message>
        <source>there is not enough memory to run it</source>
        <translation>内存不足，无法运行</translation>
    </message>
    <message>
        <source>this ONNX Runtime was built without it</source>
        <translation>此 ONNX Runtime 编译时未包含它</translation>
    </message>
    <message>
        <source>too large for a preset</source>
        <translation>作为预设过大</translation>
    </message>
    <message>
        <source>was changed while it was in use</source>
        <translation>使用期间被更改</translation>
    </message>
    <message>
        <source>was saved without its composite; save it again with &apos;Maximize compatibility&apos;</source>
        <translation>保存时没有合成图像；请选择“最大兼容”重新保存</translation>
    </message>
    <message>
        <source>{} cannot be read ({})</source>
        <translation>无法读取 {}（{}）</translation>
    </message>
    <message>
        <source>{} cannot be read ({}); once there are new edits it is kept as {}.</source>
        <translation>无法读取 {}（{}）；一旦有新的修改，它会保留为 {}。</translation>
    </message>
    <message>
        <source>{} does not hold a depth of {}; it holds {}</source>
        <translation>{} 不支持 {} 的位深；支持的是 {}</translation>
    </message>
    <message>
        <source>{} holds at most {} pixels a side; this is {} x {}</source>
        <translation>{} 每边最多 {} 像素；此图为 {} x {}</translation>
    </message>
</context>
<context>
    <name>RectangleControl</name>
    <message>
        <source>All of the photo</source>
        <translation>整张照片</translation>
    </message>
    <message>
        <source>As photo</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Proportion</source>
        <translation>长宽比</translation>
    </message>
    <message>
        <source>Set {} on the photo</source>
        <translation>在照片上设置{}</translation>
    </message>
    <message>
        <source>Upright or lying</source>
        <translation>竖向或横向</translation>
    </message>
    <message>
        <source>{} × {} px</source>
        <translation>{} × {} 像素</translation>
    </message>
</context>
<context>
    <name>RenamableControl</name>
    <message>
        <source>Call It {} Again</source>
        <translation>恢复名称“{}”</translation>
    </message>
    <message>
        <source>Name of {}</source>
        <translation>{}的名称</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Set Back to {}</source>
        <translation>恢复为 {}</translation>
    </message>
</context>
<context>
    <name>SavePreset</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Save as Preset</source>
        <translation>存储为预设</translation>
    </message>
    <message>
        <source>Takes the place of the preset “{}”</source>
        <translation>将取代预设“{}”</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Saved {}, {}</source>
        <translation>已保存 {}，{}</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>Some settings made no sense and were set back: {}. The file as it was is kept as {}.</source>
        <translation>有些设置无效，已恢复默认：{}。原文件保留为 {}。</translation>
    </message>
    <message>
        <source>The settings could not be read ({}) and begin anew. The old ones are kept as {}.</source>
        <translation>无法读取设置（{}），已重新开始。旧设置保留为 {}。</translation>
    </message>
    <message>
        <source>The settings in {} cannot be read ({}); what is set now lasts until Packshot is closed.</source>
        <translation>无法读取 {} 中的设置（{}）；现在的设置只保留到 Packshot 关闭为止。</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>it is no settings file</source>
        <translation>不是设置文件</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>不是文本</translation>
    </message>
    <message>
        <source>it is too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>{} cannot be written; what is set now lasts until Packshot is closed.</source>
        <translation>无法写入 {}；现在的设置只保留到 Packshot 关闭为止。</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Some changed shortcuts were not understood and left out: {}.</source>
        <translation>有些更改过的快捷键无法识别，已略过：{}。</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add Anyway</source>
        <translation>仍然添加</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Press the new key</source>
        <translation>按下新的快捷键</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Search by name or key</source>
        <translation>按名称或按键搜索</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Set Anyway</source>
        <translation>仍然设置</translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Shortcut of “{}”</source>
        <translation>“{}”的快捷键</translation>
    </message>
    <message>
        <source>This key moves the picture or the focus and cannot be a shortcut.</source>
        <translation>此键用于移动图像或焦点，不能作为快捷键。</translation>
    </message>
    <message>
        <source>{} is free.</source>
        <translation>{} 可用。</translation>
    </message>
    <message>
        <source>{} is its shortcut already.</source>
        <translation>{} 已经是它的快捷键。</translation>
    </message>
    <message>
        <source>{} is the shortcut of “{}” ({}), which would lose it.</source>
        <translation>{} 是“{}”（{}）的快捷键，将从它那里移除。</translation>
    </message>
    <message>
        <source>{} stays with the command that has it now.</source>
        <translation>{} 保留给现在使用它的命令。</translation>
    </message>
</context>
<context>
    <name>SliderControl</name>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Double-click to set back</source>
        <translation>双击可恢复默认值</translation>
    </message>
    <message>
        <source>From {} to {}</source>
        <translation>从 {} 到 {}</translation>
    </message>
    <message>
        <source>{} automatic</source>
        <translation>{}：自动</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>A network drew it: {}</source>
        <translation>由神经网络生成：{}</translation>
    </message>
    <message>
        <source>Concept</source>
        <translation>概念图</translation>
    </message>
    <message>
        <source>Fit  {}</source>
        <translation>适合  {}</translation>
    </message>
    <message>
        <source>Networks run on the {}. CUDA is not used: {}</source>
        <translation>神经网络在 {} 上运行。未使用 CUDA：{}</translation>
    </message>
    <message>
        <source>Networks run on {}.</source>
        <translation>神经网络在 {} 上运行。</translation>
    </message>
    <message>
        <source>Photo: {}</source>
        <translation>照片：{}</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Zoom: {}</source>
        <translation>缩放：{}</translation>
    </message>
    <message>
        <source>float</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>nobody says from what</source>
        <translation>未注明生成依据</translation>
    </message>
    <message>
        <source>{} bit</source>
        <translation>{} 位</translation>
    </message>
</context>
<context>
    <name>StepListModel</name>
    <message>
        <source>{}, the present step</source>
        <translation>{}，当前步骤</translation>
    </message>
    <message>
        <source>{}, undone</source>
        <translation>{}，已撤销</translation>
    </message>
</context>
<context>
    <name>StripCommands</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>StripHead</name>
    <message>
        <source>Filter</source>
        <translation>过滤</translation>
    </message>
    <message>
        <source>Sorted by: {}</source>
        <translation>排序方式：{}</translation>
    </message>
</context>
<context>
    <name>StrokesControl</name>
    <message>
        <source>1 stroke</source>
        <translation>1 笔</translation>
    </message>
    <message>
        <source>E changes between them; Alt does while it is held</source>
        <translation>按 E 切换；按住 Alt 可临时切换</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Paint or erase</source>
        <translation>绘制或擦除</translation>
    </message>
    <message>
        <source>Paint {} on the photo</source>
        <translation>在照片上绘制{}</translation>
    </message>
    <message>
        <source>Show what is covered</source>
        <translation>显示覆盖区域</translation>
    </message>
    <message>
        <source>Take all strokes away</source>
        <translation>清除所有笔触</translation>
    </message>
    <message>
        <source>What the brush marks</source>
        <translation>画笔标记什么</translation>
    </message>
    <message>
        <source>X changes between the first two, as Alt does while it is held; Shift+X goes on; E erases</source>
        <translation>X 在前两种之间切换，按住 Alt 也可；Shift+X 换到下一种；E 擦除</translation>
    </message>
    <message>
        <source>no strokes</source>
        <translation>无笔触</translation>
    </message>
    <message>
        <source>{} strokes</source>
        <translation>{} 笔</translation>
    </message>
</context>
<context>
    <name>SwatchListModel</name>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>outside sRGB</source>
        <translation>超出 sRGB</translation>
    </message>
</context>
<context>
    <name>SwatchPicker</name>
    <message>
        <source>Files of Adobe programs (.ase), of GIMP (.gpl) and tables (.csv).</source>
        <translation>Adobe 软件（.ase）和 GIMP（.gpl）的色板文件，以及表格（.csv）。</translation>
    </message>
    <message>
        <source>No swatch is called like that.</source>
        <translation>没有这样命名的色板。</translation>
    </message>
    <message>
        <source>Open a Swatch File…</source>
        <translation>打开色板文件…</translation>
    </message>
    <message>
        <source>Open a swatch file</source>
        <translation>打开色板文件</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search for a swatch</source>
        <translation>搜索色板</translation>
    </message>
    <message>
        <source>Swatch file</source>
        <translation>色板文件</translation>
    </message>
    <message>
        <source>Swatches</source>
        <translation>色板</translation>
    </message>
    <message>
        <source>Take this swatch file off the list</source>
        <translation>从列表中移除此色板文件</translation>
    </message>
</context>
<context>
    <name>TaskArea</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{} tasks</source>
        <translation>{} 项任务</translation>
    </message>
    <message>
        <source>{}: open the list of what is running</source>
        <translation>{}：打开正在进行的任务列表</translation>
    </message>
</context>
<context>
    <name>TaskList</name>
    <message>
        <source>What is running</source>
        <translation>正在进行的任务</translation>
    </message>
</context>
<context>
    <name>Tasks</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足，无法完成此操作。</translation>
    </message>
</context>
<context>
    <name>Undoing</name>
    <message>
        <source>Changing {} photos</source>
        <translation>正在更改 {} 张照片</translation>
    </message>
    <message>
        <source>Doing it to {} photos again</source>
        <translation>正在对 {} 张照片重做</translation>
    </message>
    <message>
        <source>Left as they were: {}</source>
        <translation>保持不变：{}</translation>
    </message>
    <message>
        <source>Stopped, but not taken back: {}</source>
        <translation>已停止，但未能撤回：{}</translation>
    </message>
    <message>
        <source>Taking back what was done to {} photos</source>
        <translation>正在撤销对 {} 张照片的更改</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>以及另外 {} 张</translation>
    </message>
    <message>
        <source>has been edited since</source>
        <translation>之后又被修改过</translation>
    </message>
    <message>
        <source>is not there any more</source>
        <translation>已不存在</translation>
    </message>
</context>
<context>
    <name>VariationListModel</name>
    <message>
        <source>As the photo is</source>
        <translation>与照片相同</translation>
    </message>
    <message>
        <source>The product as it is now</source>
        <translation>商品当前的样子</translation>
    </message>
    <message>
        <source>disliked</source>
        <translation>不喜欢</translation>
    </message>
    <message>
        <source>liked</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
</context>
<context>
    <name>VirtualCopies</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete virtual copies?</source>
        <translation>要删除虚拟副本吗？</translation>
    </message>
    <message>
        <source>Delete {} virtual copies, with their edits?</source>
        <translation>要删除 {} 个虚拟副本及其修改吗？</translation>
    </message>
    <message>
        <source>Delete {}, with its edits?</source>
        <translation>要删除 {} 及其修改吗？</translation>
    </message>
    <message>
        <source>The photo itself stays, and so do its other copies.</source>
        <translation>照片本身及其他副本都会保留。</translation>
    </message>
    <message>
        <source>is open in the window</source>
        <translation>已在窗口中打开</translation>
    </message>
    <message>
        <source>{} is open, so it was not deleted.</source>
        <translation>{} 正处于打开状态，因此未删除。</translation>
    </message>
</context>
<context>
    <name>WayListModel</name>
    <message>
        <source>the photo has it now</source>
        <translation>照片当前的颜色</translation>
    </message>
</context>
<context>
    <name>WayOutput</name>
    <message>
        <source>All of them were there already; nothing was written</source>
        <translation>文件都已存在，没有写入任何内容</translation>
    </message>
    <message>
        <source>And {} more.</source>
        <translation>另有 {} 个。</translation>
    </message>
    <message>
        <source>Exporting {} colours</source>
        <translation>正在导出 {} 种颜色</translation>
    </message>
    <message>
        <source>Made {}</source>
        <translation>已新建 {}</translation>
    </message>
    <message>
        <source>Making a virtual copy</source>
        <translation>正在新建虚拟副本</translation>
    </message>
    <message>
        <source>Making {} virtual copies</source>
        <translation>正在新建 {} 个虚拟副本</translation>
    </message>
    <message>
        <source>Save the contact sheet</source>
        <translation>保存对照表</translation>
    </message>
    <message>
        <source>Saved {}</source>
        <translation>已保存 {}</translation>
    </message>
    <message>
        <source>Saved {}, {}</source>
        <translation>已保存 {}，{}</translation>
    </message>
    <message>
        <source>Saving {}</source>
        <translation>正在保存 {}</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>This photo is not a file yet; it can have virtual copies once it is</source>
        <translation>这张照片还不是文件，保存成文件后才能有虚拟副本</translation>
    </message>
    <message>
        <source>Wait until that is done: {}</source>
        <translation>请等待完成：{}</translation>
    </message>
    <message>
        <source>{} is the original photo, which a sheet does not replace.</source>
        <translation>{} 是原始照片，对照表不会替换它。</translation>
    </message>
    <message>
        <source>{} pictures written to {}</source>
        <translation>已将 {} 张图片写入 {}</translation>
    </message>
    <message>
        <source>{} virtual copies made; the film strip shows them</source>
        <translation>已新建 {} 个虚拟副本，可在胶片栏中查看</translation>
    </message>
    <message>
        <source>{} virtual copies made; they are selected in the film strip</source>
        <translation>已新建 {} 个虚拟副本，并已在胶片栏中选中</translation>
    </message>
</context>
<context>
    <name>WaySheet</name>
    <message>
        <source>&amp;Save Sheet…</source>
        <translation>保存对照表(&amp;S)…</translation>
    </message>
    <message>
        <source>1 colour</source>
        <translation>1 种颜色</translation>
    </message>
    <message>
        <source>Add this colour</source>
        <translation>添加此颜色</translation>
    </message>
    <message>
        <source>As #1f4e79, rgb(31 78 121), lab(32 -3 -29) or lch(32 29 265)</source>
        <translation>可写作 #1f4e79、rgb(31 78 121)、lab(32 -3 -29) 或 lch(32 29 265)</translation>
    </message>
    <message>
        <source>Back to the photo</source>
        <translation>返回照片</translation>
    </message>
    <message>
        <source>Colour to be added</source>
        <translation>要添加的颜色</translation>
    </message>
    <message>
        <source>Colour, as #1f4e79</source>
        <translation>颜色，如 #1f4e79</translation>
    </message>
    <message>
        <source>Colourways</source>
        <translation>配色方案</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>导出(&amp;X)…</translation>
    </message>
    <message>
        <source>Make Virtual &amp;Copies</source>
        <translation>新建虚拟副本(&amp;C)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the colour to be added</source>
        <translation>要添加的颜色的名称</translation>
    </message>
    <message>
        <source>Open a Swatch File…</source>
        <translation>打开色板文件…</translation>
    </message>
    <message>
        <source>Open a swatch file, or add colours one by one: #1f4e79, lab(32 -3 -29), …</source>
        <translation>请打开色板文件，或逐个添加颜色：#1f4e79、lab(32 -3 -29)、…</translation>
    </message>
    <message>
        <source>Open swatches (.ase, .gpl, .csv)</source>
        <translation>打开色板（.ase、.gpl、.csv）</translation>
    </message>
    <message>
        <source>Take the selected colours off the sheet; all, if none is selected</source>
        <translation>从对照表中移除所选颜色；未选择时移除全部</translation>
    </message>
    <message>
        <source>The edit whose colour varies</source>
        <translation>更换颜色的编辑</translation>
    </message>
    <message>
        <source>The photo in each colour</source>
        <translation>照片的各种颜色</translation>
    </message>
    <message>
        <source>{} colours</source>
        <translation>{} 种颜色</translation>
    </message>
    <message>
        <source>{} is no colour; write it as #1f4e79, rgb(31 78 121) or lab(32 -3 -29).</source>
        <translation>{} 不是颜色；请写成 #1f4e79、rgb(31 78 121) 或 lab(32 -3 -29)。</translation>
    </message>
    <message>
        <source>{} of {} colours selected</source>
        <translation>已选 {} / {} 种颜色</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop photos or a folder here</source>
        <translation>将照片或文件夹拖到这里</translation>
    </message>
    <message>
        <source>JPEG, PNG, TIFF, HEIC, AVIF, WebP, JPEG XL, PSD and camera RAW</source>
        <translation>JPEG、PNG、TIFF、HEIC、AVIF、WebP、JPEG XL、PSD 和相机 RAW</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Open {} again</source>
        <translation>再次打开 {}</translation>
    </message>
</context>
<context>
    <name>WideColourControl</name>
    <message>
        <source>Hex</source>
        <translation>十六进制</translation>
    </message>
    <message>
        <source>How {} is written</source>
        <translation>{}的写法</translation>
    </message>
    <message>
        <source>LCh</source>
        <translation>LCh</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Lab</translation>
    </message>
    <message>
        <source>Outside sRGB: shown as near as can be.</source>
        <translation>超出 sRGB：以最接近的颜色显示。</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>Swatches for {}</source>
        <translation>{}的色板</translation>
    </message>
    <message>
        <source>{} as it is written</source>
        <translation>{}的数值</translation>
    </message>
    <message>
        <source>{} is not a colour. Write #1f4e79, rgb(31 78 121), lab(32 -4 -30) or lch(32 30 262).</source>
        <translation>{} 不是颜色。请写成 #1f4e79、rgb(31 78 121)、lab(32 -4 -30) 或 lch(32 30 262)。</translation>
    </message>
    <message>
        <source>{} lies outside sRGB, which this dialog cannot show. It begins with the nearest colour inside.</source>
        <translation>{} 超出 sRGB，此对话框无法显示；将从 sRGB 内最接近的颜色开始。</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Category</source>
        <translation>品类</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Made for</source>
        <translation>适用人群</translation>
    </message>
    <message>
        <source>Worn for</source>
        <translation>适用场合</translation>
    </message>
    <message>
        <source>bag</source>
        <translation>包</translation>
    </message>
    <message>
        <source>beige</source>
        <translation>米色</translation>
    </message>
    <message>
        <source>belt</source>
        <translation>腰带</translation>
    </message>
    <message>
        <source>black</source>
        <translation>黑色</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>boys</source>
        <translation>男童</translation>
    </message>
    <message>
        <source>brown</source>
        <translation>棕色</translation>
    </message>
    <message>
        <source>casual</source>
        <translation>休闲</translation>
    </message>
    <message>
        <source>casual shoes</source>
        <translation>休闲鞋</translation>
    </message>
    <message>
        <source>dress</source>
        <translation>连衣裙</translation>
    </message>
    <message>
        <source>ethnic</source>
        <translation>民族风</translation>
    </message>
    <message>
        <source>formal</source>
        <translation>正式</translation>
    </message>
    <message>
        <source>formal shoes</source>
        <translation>正装鞋</translation>
    </message>
    <message>
        <source>girls</source>
        <translation>女童</translation>
    </message>
    <message>
        <source>gold</source>
        <translation>金色</translation>
    </message>
    <message>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰色</translation>
    </message>
    <message>
        <source>hat</source>
        <translation>帽子</translation>
    </message>
    <message>
        <source>heels</source>
        <translation>高跟鞋</translation>
    </message>
    <message>
        <source>jacket</source>
        <translation>夹克</translation>
    </message>
    <message>
        <source>kurta</source>
        <translation>库尔塔长衫</translation>
    </message>
    <message>
        <source>longsleeve</source>
        <translation>长袖T恤</translation>
    </message>
    <message>
        <source>maroon</source>
        <translation>酒红色</translation>
    </message>
    <message>
        <source>men</source>
        <translation>男士</translation>
    </message>
    <message>
        <source>navy</source>
        <translation>藏青色</translation>
    </message>
    <message>
        <source>olive</source>
        <translation>橄榄绿</translation>
    </message>
    <message>
        <source>orange</source>
        <translation>橙色</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>polo</source>
        <translation>Polo衫</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>sandals</source>
        <translation>凉鞋</translation>
    </message>
    <message>
        <source>shirt</source>
        <translation>衬衫</translation>
    </message>
    <message>
        <source>shorts</source>
        <translation>短裤</translation>
    </message>
    <message>
        <source>silver</source>
        <translation>银色</translation>
    </message>
    <message>
        <source>skirt</source>
        <translation>半身裙</translation>
    </message>
    <message>
        <source>socks</source>
        <translation>袜子</translation>
    </message>
    <message>
        <source>sports</source>
        <translation>运动</translation>
    </message>
    <message>
        <source>sports shoes</source>
        <translation>运动鞋</translation>
    </message>
    <message>
        <source>sunglasses</source>
        <translation>太阳镜</translation>
    </message>
    <message>
        <source>sweater</source>
        <translation>毛衣</translation>
    </message>
    <message>
        <source>t-shirt</source>
        <translation>T恤</translation>
    </message>
    <message>
        <source>top</source>
        <translation>上衣</translation>
    </message>
    <message>
        <source>trousers</source>
        <translation>长裤</translation>
    </message>
    <message>
        <source>underwear</source>
        <translation>内衣</translation>
    </message>
    <message>
        <source>unisex</source>
        <translation>男女通用</translation>
    </message>
    <message>
        <source>wallet</source>
        <translation>钱包</translation>
    </message>
    <message>
        <source>watch</source>
        <translation>手表</translation>
    </message>
    <message>
        <source>white</source>
        <translation>白色</translation>
    </message>
    <message>
        <source>women</source>
        <translation>女士</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
</context>
</TS>
