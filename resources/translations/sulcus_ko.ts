<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>sulcus::session::AngiographySession</name>
    <message>
        <source>Opening angiography</source>
        <translation>혈관조영 여는 중</translation>
    </message>
    <message>
        <source>Reading views</source>
        <translation>영상 읽는 중</translation>
    </message>
    <message>
        <source>Asking the network</source>
        <translation>신경망에 묻는 중</translation>
    </message>
    <message>
        <source>Open an angiography folder first.</source>
        <translation>먼저 혈관조영 폴더를 여십시오.</translation>
    </message>
    <message>
        <source>You have answered for this patient.</source>
        <translation>이 환자에 대해서는 이미 답했습니다.</translation>
    </message>
    <message>
        <source>Say first whether you see an aneurysm.</source>
        <translation>먼저 동맥류가 보이는지 답하십시오.</translation>
    </message>
    <message>
        <source>Say first where you see it.</source>
        <translation>먼저 어디에 보이는지 답하십시오.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::AngiographyPanel</name>
    <message>
        <source>Angiography</source>
        <translation>혈관조영</translation>
    </message>
    <message>
        <source>Open an angiography folder first.</source>
        <translation>먼저 혈관조영 폴더를 여십시오.</translation>
    </message>
    <message>
        <source>You have answered for this patient.</source>
        <translation>이 환자에 대해서는 이미 답했습니다.</translation>
    </message>
    <message>
        <source>Give your own answer first.</source>
        <translation>먼저 스스로 답하십시오.</translation>
    </message>
    <message>
        <source>I see an &amp;aneurysm</source>
        <translation>동맥류가 보임(&amp;A)</translation>
    </message>
    <message>
        <source>Your answer for this patient; then say where</source>
        <translation>이 환자에 대한 답; 그다음 위치를 고르십시오</translation>
    </message>
    <message>
        <source>I see &amp;none</source>
        <translation>보이지 않음(&amp;N)</translation>
    </message>
    <message>
        <source>Your answer for this patient</source>
        <translation>이 환자에 대한 답</translation>
    </message>
    <message>
        <source>&amp;Compare with the network</source>
        <translation>신경망과 비교(&amp;C)</translation>
    </message>
    <message>
        <source>Shows what the network says, and the truth where the folder has it</source>
        <translation>신경망의 답과, 폴더에 있으면 정답을 보여 줍니다</translation>
    </message>
    <message>
        <source>Show where the network &amp;looked</source>
        <translation>신경망이 본 곳 표시(&amp;L)</translation>
    </message>
    <message>
        <source>Colours over each view: the brighter, the more it counted</source>
        <translation>각 영상 위의 색: 밝을수록 판단에 크게 작용한 곳입니다</translation>
    </message>
    <message>
        <source>N&amp;ext patient</source>
        <translation>다음 환자(&amp;E)</translation>
    </message>
    <message>
        <source>The next patient of the folder</source>
        <translation>폴더의 다음 환자</translation>
    </message>
    <message>
        <source>This is the last patient.</source>
        <translation>마지막 환자입니다.</translation>
    </message>
    <message>
        <source>&amp;Previous patient</source>
        <translation>이전 환자(&amp;P)</translation>
    </message>
    <message>
        <source>The patient before this one</source>
        <translation>이 환자의 앞 환자</translation>
    </message>
    <message>
        <source>This is the first patient.</source>
        <translation>첫 환자입니다.</translation>
    </message>
    <message>
        <source>Close the angiograph&amp;y</source>
        <translation>혈관조영 닫기(&amp;Y)</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>시작 화면으로</translation>
    </message>
    <message>
        <source>Synthetic pictures: no patient is shown.</source>
        <translation>합성 영상: 실제 환자가 아닙니다.</translation>
    </message>
    <message>
        <source>Is there an aneurysm?</source>
        <translation>동맥류가 있습니까?</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>나의 답</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>On which artery?</source>
        <translation>어느 동맥에 있습니까?</translation>
    </message>
    <message>
        <source>Artery of the aneurysm</source>
        <translation>동맥류가 있는 동맥</translation>
    </message>
    <message>
        <source>a little</source>
        <translation>약간</translation>
    </message>
    <message>
        <source>most</source>
        <translation>가장 크게</translation>
    </message>
    <message>
        <source>The network's answer appears after yours.</source>
        <translation>신경망의 답은 나의 답 다음에 나타납니다.</translation>
    </message>
    <message>
        <source>The network is still at work.</source>
        <translation>신경망이 아직 계산하고 있습니다.</translation>
    </message>
    <message>
        <source>Truth: no aneurysm</source>
        <translation>정답: 동맥류 없음</translation>
    </message>
    <message>
        <source>Truth: an aneurysm</source>
        <translation>정답: 동맥류 있음</translation>
    </message>
    <message>
        <source>Truth: an aneurysm (%1)</source>
        <translation>정답: 동맥류 있음 (%1)</translation>
    </message>
    <message>
        <source>Your answer is right.</source>
        <translation>나의 답이 맞습니다.</translation>
    </message>
    <message>
        <source>Your answer is wrong.</source>
        <translation>나의 답이 틀렸습니다.</translation>
    </message>
    <message>
        <source>Your answer is right, the artery too.</source>
        <translation>나의 답이 동맥까지 맞습니다.</translation>
    </message>
    <message>
        <source>What is true is not known: no table of the folder says it.</source>
        <translation>정답을 모릅니다: 폴더에 정답을 적은 표가 없습니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm. The truth does not name its artery.</source>
        <translation>맞음: 동맥류가 있습니다. 정답에는 동맥이 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm. You named no artery.</source>
        <translation>맞음: 동맥류가 있습니다. 동맥은 고르지 않았습니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm. The artery is %1; you named none.</source>
        <translation>맞음: 동맥류가 있습니다. 동맥은 %1이고, 동맥은 고르지 않았습니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm, but not on %1.</source>
        <translation>맞음: 동맥류가 있습니다. 그러나 %1에는 없습니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm. The artery is %1, you said %2.</source>
        <translation>맞음: 동맥류가 있습니다. 동맥은 %1인데, 나의 답은 %2입니다.</translation>
    </message>
    <message>
        <source>Right: there is an aneurysm. The arteries are %1, you said %2.</source>
        <translation>맞음: 동맥류가 있습니다. 동맥들은 %1인데, 나의 답은 %2입니다.</translation>
    </message>
    <message>
        <source>The network is wrong.</source>
        <translation>신경망의 답이 틀렸습니다.</translation>
    </message>
    <message>
        <source>The network is right.</source>
        <translation>신경망의 답이 맞습니다.</translation>
    </message>
    <message>
        <source>The network is right, and its likeliest place, %1, is the true one.</source>
        <translation>신경망의 답이 맞고, 가장 유력하다고 본 위치 %1도 정답입니다.</translation>
    </message>
    <message>
        <source>The network is right that there is one, but its likeliest place, %1, is not the true one.</source>
        <translation>동맥류가 있다는 신경망의 답은 맞지만, 가장 유력하다고 본 위치 %1은(는) 정답이 아닙니다.</translation>
    </message>
    <message>
        <source>The network is right that there is one.</source>
        <translation>동맥류가 있다는 신경망의 답이 맞습니다.</translation>
    </message>
    <message>
        <source>Network: %1 %2</source>
        <translation>신경망: %1 %2</translation>
    </message>
    <message>
        <source>View %1</source>
        <translation>영상 %1</translation>
    </message>
    <message>
        <source>LAO %1°</source>
        <translation>LAO %1°</translation>
    </message>
    <message>
        <source>RAO %1°</source>
        <translation>RAO %1°</translation>
    </message>
    <message>
        <source>CRA %1°</source>
        <translation>CRA %1°</translation>
    </message>
    <message>
        <source>CAU %1°</source>
        <translation>CAU %1°</translation>
    </message>
    <message>
        <source>Where the C-arm looked from: LAO and RAO, left and right anterior oblique; CRA and CAU, cranial and caudal</source>
        <translation>C-arm이 본 방향: LAO와 RAO는 좌전사위와 우전사위, CRA와 CAU는 머리쪽과 발쪽</translation>
    </message>
    <message>
        <source>Patient %1 of %2</source>
        <translation>환자 %2명 중 %1번째</translation>
    </message>
    <message>
        <source>%1 left out: the folder and its table do not fit</source>
        <translation>%1명 제외: 폴더와 표가 서로 맞지 않습니다</translation>
    </message>
    <message>
        <source>Choose an artery</source>
        <translation>동맥을 고르십시오</translation>
    </message>
    <message>
        <source>So far: you %1; the network %2.</source>
        <translation>지금까지 나: %1; 신경망: %2.</translation>
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation>%2명 중 %1명 맞힘</translation>
    </message>
    <message>
        <source>%1 of %2 right, artery %3 of %4</source>
        <translation>%2명 중 %1명 맞힘, 동맥은 %4개 중 %3개</translation>
    </message>
    <message>
        <source>The network: an aneurysm (%1)</source>
        <translation>신경망: 동맥류 있음(%1)</translation>
    </message>
    <message>
        <source>The network: no aneurysm seen (%1)</source>
        <translation>신경망: 동맥류 안 보임(%1)</translation>
    </message>
    <message>
        <source>It says yes above %1.</source>
        <translation>%1보다 높으면 있다고 답합니다.</translation>
    </message>
    <message>
        <source>Hide where the network &amp;looked</source>
        <translation>신경망이 본 곳 숨기기(&amp;L)</translation>
    </message>
    <message>
        <source>Colours: what spoke for an aneurysm.</source>
        <translation>색: 동맥류로 본 근거입니다.</translation>
    </message>
    <message>
        <source>The network says no. The colours show what came nearest to an aneurysm, not a finding.</source>
        <translation>신경망은 없다고 답했습니다. 색은 동맥류에 가장 가까워 보인 곳일 뿐 소견이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::HospitalsPanel</name>
    <message>
        <source>Hospitals</source>
        <translation>병원</translation>
    </message>
    <message>
        <source>Any city</source>
        <translation>모든 도시</translation>
    </message>
    <message>
        <source>Distances are measured from here</source>
        <translation>이곳에서부터 거리를 잽니다</translation>
    </message>
    <message>
        <source>City to measure distance from</source>
        <translation>거리를 잴 도시</translation>
    </message>
    <message>
        <source>Hospitals of this country come first</source>
        <translation>이 나라의 병원을 먼저 보여 줍니다</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>나라</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>가까운 곳</translation>
    </message>
    <message>
        <source>Filter by name, city or department</source>
        <translation>이름, 도시, 진료과로 거르기</translation>
    </message>
    <message>
        <source>Filter hospitals</source>
        <translation>병원 거르기</translation>
    </message>
    <message>
        <source>Hospitals, best first</source>
        <translation>병원, 맞는 순서대로</translation>
    </message>
    <message>
        <source>Examples to verify: ✓ a page of the hospital was seen, ? general knowledge. Ask the hospital before you send anyone.</source>
        <translation>확인이 필요한 예시입니다: ✓ 병원의 안내 페이지를 확인함, ? 일반적인 지식. 보내기 전에 병원에 문의하십시오.</translation>
    </message>
    <message>
        <source>Any country</source>
        <translation>모든 나라</translation>
    </message>
    <message>
        <source>Looking for:</source>
        <translation>찾는 진료과:</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>The first %1 of %2</source>
        <translation>%2곳 가운데 처음 %1곳</translation>
    </message>
    <message>
        <source>Hospitals found: %1</source>
        <translation>찾은 병원: %1곳</translation>
    </message>
    <message>
        <source>Distances are measured from here: a city of the list, or degrees north and east such as 37.57, 126.98</source>
        <translation>이곳에서부터 거리를 잽니다: 목록의 도시, 또는 37.57, 126.98처럼 북위와 동경</translation>
    </message>
    <message>
        <source>What was found decides which departments are looked for</source>
        <translation>찾은 것에 따라 필요한 진료과가 정해집니다</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>소견</translation>
    </message>
    <message>
        <source>Brain tumour</source>
        <translation>뇌종양</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>폐</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>간</translation>
    </message>
    <message>
        <source>Aneurysm</source>
        <translation>동맥류</translation>
    </message>
    <message>
        <source>child</source>
        <translation>어린이</translation>
    </message>
    <message>
        <source>Looks for paediatric departments, and takes hospitals for children in</source>
        <translation>소아 진료과를 찾고 어린이 병원도 넣습니다</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>지도</translation>
    </message>
    <message>
        <source>Plots the positions; offline, without coasts or roads</source>
        <translation>위치만 찍습니다. 오프라인이며 해안선과 길은 없습니다</translation>
    </message>
    <message>
        <source>Show the map</source>
        <translation>지도 보기</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::JobStrip</name>
    <message>
        <source>Running work</source>
        <translation>실행 중인 작업</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Cancel the running work</source>
        <translation>실행 중인 작업 취소</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>멈추는 중</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::KeySheet</name>
    <message>
        <source>Keys and actions</source>
        <translation>단축키와 기능</translation>
    </message>
    <message>
        <source>Search: undo, opacity, report...</source>
        <translation>검색: 실행 취소, 불투명도, 보고서...</translation>
    </message>
    <message>
        <source>Search actions</source>
        <translation>기능 검색</translation>
    </message>
    <message>
        <source>Actions and keys</source>
        <translation>기능과 단축키</translation>
    </message>
    <message>
        <source>Return runs the chosen action. Every action is also in the menus.</source>
        <translation>Enter를 누르면 고른 기능을 실행합니다. 모든 기능은 메뉴에도 있습니다.</translation>
    </message>
    <message>
        <source>Step through slices</source>
        <translation>단면 넘기기</translation>
    </message>
    <message>
        <source>wheel, Up, Down</source>
        <translation>휠, 위, 아래</translation>
    </message>
    <message>
        <source>Move the crosshair</source>
        <translation>십자선 옮기기</translation>
    </message>
    <message>
        <source>click or drag</source>
        <translation>클릭 또는 끌기</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>윈도우와 레벨</translation>
    </message>
    <message>
        <source>Ctrl + drag</source>
        <translation>Ctrl + 끌기</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>right drag, Ctrl + wheel</source>
        <translation>오른쪽 단추로 끌기, Ctrl + 휠</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>화면 옮기기</translation>
    </message>
    <message>
        <source>middle drag</source>
        <translation>가운데 단추로 끌기</translation>
    </message>
    <message>
        <source>Crosshair follows the pointer</source>
        <translation>십자선이 포인터를 따라감</translation>
    </message>
    <message>
        <source>Shift + move</source>
        <translation>Shift + 이동</translation>
    </message>
    <message>
        <source>Maximise a view</source>
        <translation>보기 최대화</translation>
    </message>
    <message>
        <source>double-click</source>
        <translation>두 번 클릭</translation>
    </message>
    <message>
        <source>Turn the 3-D view</source>
        <translation>3차원 보기 돌리기</translation>
    </message>
    <message>
        <source>drag</source>
        <translation>끌기</translation>
    </message>
    <message>
        <source>Mouse in the views</source>
        <translation>보기 안의 마우스</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>새 단축키</translation>
    </message>
    <message>
        <source>Click here and press the new key</source>
        <translation>여기를 클릭하고 새 키를 누르십시오</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>정하기</translation>
    </message>
    <message>
        <source>Gives this key to the chosen action</source>
        <translation>고른 동작에 이 키를 줍니다</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>The key that the chosen action came with</source>
        <translation>고른 동작의 처음 키</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>모든 키 되돌리기</translation>
    </message>
    <message>
        <source>Every action gets the keys it came with</source>
        <translation>모든 동작이 처음 키로 돌아갑니다</translation>
    </message>
    <message>
        <source>Help pages</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Short pages about every part of the program</source>
        <translation>프로그램의 모든 부분에 대한 짧은 설명</translation>
    </message>
    <message>
        <source>Key of “%1”</source>
        <translation>“%1”의 키</translation>
    </message>
    <message>
        <source>Choose an action to change its key.</source>
        <translation>키를 바꿀 동작을 고르십시오.</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”. “Set” takes it from there.</source>
        <translation>%1 키는 “%2”의 것입니다. “정하기”를 누르면 가져옵니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::LabelsPanel</name>
    <message>
        <source>Labels</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>No mask yet. Segment the case, or read a mask from a file.</source>
        <translation>아직 마스크가 없습니다. 분할하거나 파일에서 마스크를 읽으십시오.</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>불투명도</translation>
    </message>
    <message>
        <source>Opacity of the mask</source>
        <translation>마스크의 불투명도</translation>
    </message>
    <message>
        <source>Opacity of the mask  [%1] less  [%2] more</source>
        <translation>마스크의 불투명도  [%1] 옅게  [%2] 짙게</translation>
    </message>
    <message>
        <source>Colours of the labels</source>
        <translation>라벨의 색</translation>
    </message>
    <message>
        <source>Colours safe for colour-blind readers</source>
        <translation>색각 이상자도 구별하는 색</translation>
    </message>
    <message>
        <source>Classic BraTS colours</source>
        <translation>BraTS의 관례적인 색</translation>
    </message>
    <message>
        <source>Mask or truth</source>
        <translation>마스크 또는 정답</translation>
    </message>
    <message>
        <source>Region whose difference shows</source>
        <translation>차이를 표시할 영역</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Show the mask</source>
        <translation>마스크 보기</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Show the truth that came with the case</source>
        <translation>증례에 딸린 정답 보기</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이</translation>
    </message>
    <message>
        <source>Blue: both agree. Orange: only in the mask. Yellow: only in the truth.</source>
        <translation>파랑: 둘 다 일치. 주황: 마스크에만. 노랑: 정답에만.</translation>
    </message>
    <message>
        <source>Volumes and overlap</source>
        <translation>부피와 겹침</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 보이기</translation>
    </message>
    <message>
        <source>Colour and opacity of %1</source>
        <translation>%1의 색과 불투명도</translation>
    </message>
    <message>
        <source>Volume of %1</source>
        <translation>%1의 부피</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 숨기기</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>부피</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>Dice compares the mask with the truth: 1 is the same, 0 is nothing in common.</source>
        <translation>Dice는 마스크를 정답과 비교합니다: 1은 같음, 0은 전혀 겹치지 않음.</translation>
    </message>
    <message>
        <source>Opacity of this label</source>
        <translation>이 라벨의 불투명도</translation>
    </message>
    <message>
        <source>Choose a colour...</source>
        <translation>색 고르기...</translation>
    </message>
    <message>
        <source>What the colours of the difference mean</source>
        <translation>차이의 색이 뜻하는 것</translation>
    </message>
    <message>
        <source>both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>only mask</source>
        <translation>마스크만</translation>
    </message>
    <message>
        <source>only truth</source>
        <translation>정답만</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::MainWindow</name>
    <message>
        <source>An angiography has a layout of its own, no mask and no findings: close it first.</source>
        <translation>혈관조영에는 고유한 배치가 있고 마스크와 소견이 없습니다: 먼저 혈관조영을 닫으십시오.</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>There is no mask yet: segment the case first.</source>
        <translation>아직 마스크가 없습니다: 먼저 분할하십시오.</translation>
    </message>
    <message>
        <source>This case came without a truth.</source>
        <translation>이 증례에는 정답이 없습니다.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>소견</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>&amp;Open a case folder...</source>
        <translation>증례 폴더 열기(&amp;O)...</translation>
    </message>
    <message>
        <source>A BraTS folder with FLAIR, T1, T1 contrast and T2, or one with the slices of a DICOM series</source>
        <translation>FLAIR, T1, 조영 T1, T2가 든 BraTS 폴더, 또는 DICOM 시리즈의 단면이 든 폴더</translation>
    </message>
    <message>
        <source>Open an image &amp;file...</source>
        <translation>영상 파일 열기(&amp;F)...</translation>
    </message>
    <message>
        <source>One volume: NIfTI, NRRD, MetaImage, DICOM</source>
        <translation>볼륨 하나: NIfTI, NRRD, MetaImage, DICOM</translation>
    </message>
    <message>
        <source>Open the &amp;demo case</source>
        <translation>데모 증례 열기(&amp;D)</translation>
    </message>
    <message>
        <source>A synthetic brain with a tumour, made on this computer</source>
        <translation>이 컴퓨터에서 만든, 종양이 있는 합성 뇌</translation>
    </message>
    <message>
        <source>&amp;Close the case</source>
        <translation>증례 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>Back to the start page</source>
        <translation>시작 화면으로</translation>
    </message>
    <message>
        <source>&amp;Read a mask...</source>
        <translation>마스크 읽기(&amp;R)...</translation>
    </message>
    <message>
        <source>A label map on the grid of this case</source>
        <translation>이 증례와 같은 격자의 라벨 맵</translation>
    </message>
    <message>
        <source>&amp;Save the mask...</source>
        <translation>마스크 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>As NIfTI, NRRD or MetaImage on the grid of this case</source>
        <translation>이 증례의 격자 그대로 NIfTI, NRRD, MetaImage로</translation>
    </message>
    <message>
        <source>&amp;Export the report...</source>
        <translation>보고서 내보내기(&amp;E)...</translation>
    </message>
    <message>
        <source>Writes a PNG picture and a JSON file with the same facts</source>
        <translation>PNG 그림과 같은 내용의 JSON 파일을 씁니다</translation>
    </message>
    <message>
        <source>Save a &amp;picture of the views...</source>
        <translation>보기의 그림 저장(&amp;P)...</translation>
    </message>
    <message>
        <source>What the views show, as PNG</source>
        <translation>보기에 보이는 것을 PNG로</translation>
    </message>
    <message>
        <source>Picture saved to %1</source>
        <translation>그림을 %1에 저장했습니다</translation>
    </message>
    <message>
        <source>The picture could not be written to %1. Choose another folder.</source>
        <translation>그림을 %1에 쓸 수 없습니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>End Sulcus</source>
        <translation>Sulcus를 끝냅니다</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Takes the last change of the mask back</source>
        <translation>마스크의 마지막 변경을 되돌립니다</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>되돌릴 것이 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Does the change again</source>
        <translation>변경을 다시 합니다</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>다시 실행할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Take the &amp;truth as mask</source>
        <translation>정답을 마스크로(&amp;T)</translation>
    </message>
    <message>
        <source>To study a case without a network; can be undone</source>
        <translation>신경망 없이 공부할 때; 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>&amp;Four views</source>
        <translation>네 보기(&amp;F)</translation>
    </message>
    <message>
        <source>Axial, sagittal, coronal and 3-D</source>
        <translation>축상, 시상, 관상, 3차원</translation>
    </message>
    <message>
        <source>One &amp;large view and three</source>
        <translation>큰 보기 하나와 셋(&amp;L)</translation>
    </message>
    <message>
        <source>One view large, the others beside it</source>
        <translation>하나는 크게, 나머지는 옆에</translation>
    </message>
    <message>
        <source>&amp;One view</source>
        <translation>보기 하나(&amp;O)</translation>
    </message>
    <message>
        <source>Double-click a view does the same</source>
        <translation>보기를 두 번 클릭해도 같습니다</translation>
    </message>
    <message>
        <source>&amp;Axial large</source>
        <translation>축상면 크게(&amp;A)</translation>
    </message>
    <message>
        <source>The axial view becomes the large one</source>
        <translation>축상 보기를 크게 합니다</translation>
    </message>
    <message>
        <source>&amp;Sagittal large</source>
        <translation>시상면 크게(&amp;S)</translation>
    </message>
    <message>
        <source>The sagittal view becomes the large one</source>
        <translation>시상 보기를 크게 합니다</translation>
    </message>
    <message>
        <source>&amp;Coronal large</source>
        <translation>관상면 크게(&amp;C)</translation>
    </message>
    <message>
        <source>The coronal view becomes the large one</source>
        <translation>관상 보기를 크게 합니다</translation>
    </message>
    <message>
        <source>&amp;3-D large</source>
        <translation>3차원 크게(&amp;3)</translation>
    </message>
    <message>
        <source>The 3-D view becomes the large one</source>
        <translation>3차원 보기를 크게 합니다</translation>
    </message>
    <message>
        <source>&amp;Next slice</source>
        <translation>다음 단면(&amp;N)</translation>
    </message>
    <message>
        <source>In the view that was clicked last</source>
        <translation>마지막으로 클릭한 보기에서</translation>
    </message>
    <message>
        <source>&amp;Previous slice</source>
        <translation>이전 단면(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>The whole of the patient in every view</source>
        <translation>모든 보기에 환자의 영상 전체</translation>
    </message>
    <message>
        <source>Centre on the &amp;tumour</source>
        <translation>종양 가운데로(&amp;T)</translation>
    </message>
    <message>
        <source>Moves the crosshair to the middle of the largest piece</source>
        <translation>가장 큰 조각의 가운데로 십자선을 옮깁니다</translation>
    </message>
    <message>
        <source>Show the &amp;mask</source>
        <translation>마스크 보이기(&amp;M)</translation>
    </message>
    <message>
        <source>Hide it to see the anatomy beneath</source>
        <translation>숨기면 아래 해부 구조가 보입니다</translation>
    </message>
    <message>
        <source>&amp;Outline instead of fill</source>
        <translation>채우지 않고 윤곽선(&amp;O)</translation>
    </message>
    <message>
        <source>Outlines leave the anatomy free</source>
        <translation>윤곽선은 해부 구조를 가리지 않습니다</translation>
    </message>
    <message>
        <source>Mask &amp;fainter</source>
        <translation>마스크 옅게(&amp;F)</translation>
    </message>
    <message>
        <source>Less opacity</source>
        <translation>덜 불투명하게</translation>
    </message>
    <message>
        <source>Mask &amp;stronger</source>
        <translation>마스크 짙게(&amp;S)</translation>
    </message>
    <message>
        <source>More opacity</source>
        <translation>더 불투명하게</translation>
    </message>
    <message>
        <source>&amp;Crosshair</source>
        <translation>십자선(&amp;C)</translation>
    </message>
    <message>
        <source>Where the three planes meet</source>
        <translation>세 단면이 만나는 곳</translation>
    </message>
    <message>
        <source>&amp;Boxes</source>
        <translation>상자(&amp;B)</translation>
    </message>
    <message>
        <source>A box round every piece of the mask</source>
        <translation>마스크 조각마다 두르는 상자</translation>
    </message>
    <message>
        <source>&amp;Invert grey</source>
        <translation>흑백 반전(&amp;I)</translation>
    </message>
    <message>
        <source>Black becomes white</source>
        <translation>검정이 하양이 됩니다</translation>
    </message>
    <message>
        <source>S&amp;mooth voxels</source>
        <translation>복셀 부드럽게(&amp;M)</translation>
    </message>
    <message>
        <source>Off shows every voxel as a square</source>
        <translation>끄면 복셀이 네모로 보입니다</translation>
    </message>
    <message>
        <source>Patient&apos;s left on the &amp;left</source>
        <translation>환자의 왼쪽을 왼쪽에(&amp;L)</translation>
    </message>
    <message>
        <source>Off: radiological, as seen from the feet</source>
        <translation>끄면 영상의학 방식, 발쪽에서 본 모습</translation>
    </message>
    <message>
        <source>Transparent &amp;brain in 3-D</source>
        <translation>3차원에서 투명한 뇌(&amp;B)</translation>
    </message>
    <message>
        <source>The outer surface around the tumour</source>
        <translation>종양을 둘러싼 바깥 표면</translation>
    </message>
    <message>
        <source>&amp;Slices in 3-D</source>
        <translation>3차원에 단면(&amp;S)</translation>
    </message>
    <message>
        <source>The three planes inside the 3-D view</source>
        <translation>3차원 보기 안의 세 단면</translation>
    </message>
    <message>
        <source>&amp;Automatic contrast</source>
        <translation>자동 대비(&amp;A)</translation>
    </message>
    <message>
        <source>Window and level from the brain&apos;s own values</source>
        <translation>뇌의 값으로 정한 윈도우와 레벨</translation>
    </message>
    <message>
        <source>&amp;Reset the display</source>
        <translation>표시 초기화(&amp;R)</translation>
    </message>
    <message>
        <source>Automatic contrast, whole slices, default colours</source>
        <translation>자동 대비, 전체 단면, 기본 색</translation>
    </message>
    <message>
        <source>Sequence or CT window %1</source>
        <translation>%1번 시퀀스 또는 CT 윈도우</translation>
    </message>
    <message>
        <source>CT window %1</source>
        <translation>CT 윈도우 %1</translation>
    </message>
    <message>
        <source>The n-th sequence; of a CT the n-th grey window: brain, lung, soft tissue, liver, bone</source>
        <translation>n번째 시퀀스; CT에서는 n번째 윈도우: 뇌, 폐, 연부 조직, 간, 뼈</translation>
    </message>
    <message>
        <source>Panel: &amp;images</source>
        <translation>패널: 영상(&amp;I)</translation>
    </message>
    <message>
        <source>Sequences, network and labels</source>
        <translation>시퀀스, 신경망, 라벨</translation>
    </message>
    <message>
        <source>Panel: &amp;findings</source>
        <translation>패널: 소견(&amp;F)</translation>
    </message>
    <message>
        <source>Symptoms, verdict, hospitals, report</source>
        <translation>증상, 판정, 병원, 보고서</translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation>밝은 테마(&amp;L)</translation>
    </message>
    <message>
        <source>Dark is better for reading images</source>
        <translation>판독에는 어두운 쪽이 낫습니다</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>Hide the desktop</source>
        <translation>바탕 화면을 가립니다</translation>
    </message>
    <message>
        <source>&amp;Segment</source>
        <translation>분할(&amp;S)</translation>
    </message>
    <message>
        <source>Runs the chosen network on this case; can be undone</source>
        <translation>고른 신경망을 이 증례에 실행합니다; 되돌릴 수 있습니다</translation>
    </message>
    <message>
        <source>Segment, place and &amp;check</source>
        <translation>분할하고 위치 찾아 확인(&amp;C)</translation>
    </message>
    <message>
        <source>Segments, finds the place and opens the verdict</source>
        <translation>분할하고, 위치를 찾고, 판정을 엽니다</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Stops what runs beside the window</source>
        <translation>창 옆에서 실행되는 것을 멈춥니다</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>실행 중인 것이 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Symptoms</source>
        <translation>증상(&amp;S)</translation>
    </message>
    <message>
        <source>Patient and checklist</source>
        <translation>환자와 점검표</translation>
    </message>
    <message>
        <source>Place and &amp;verdict</source>
        <translation>위치와 판정(&amp;V)</translation>
    </message>
    <message>
        <source>Where the mask lies and whether the symptoms agree</source>
        <translation>마스크의 위치와 증상이 맞는지</translation>
    </message>
    <message>
        <source>&amp;Hospitals</source>
        <translation>병원(&amp;H)</translation>
    </message>
    <message>
        <source>Where to go with this place</source>
        <translation>이 위치라면 갈 곳</translation>
    </message>
    <message>
        <source>&amp;Report</source>
        <translation>보고서(&amp;R)</translation>
    </message>
    <message>
        <source>The report before it is written</source>
        <translation>쓰기 전의 보고서</translation>
    </message>
    <message>
        <source>Search s&amp;ymptoms</source>
        <translation>증상 검색(&amp;Y)</translation>
    </message>
    <message>
        <source>Puts the cursor into the search</source>
        <translation>커서를 검색란으로 옮깁니다</translation>
    </message>
    <message>
        <source>Save &amp;patient</source>
        <translation>환자 저장(&amp;P)</translation>
    </message>
    <message>
        <source>Pseudonym, writing hand and symptoms go into the database on this computer</source>
        <translation>가명, 쓰는 손, 증상을 이 컴퓨터의 데이터베이스에 넣습니다</translation>
    </message>
    <message>
        <source>Give the patient a pseudonym first.</source>
        <translation>먼저 환자에게 가명을 주십시오.</translation>
    </message>
    <message>
        <source>&amp;Refine the place</source>
        <translation>위치 다듬기(&amp;R)</translation>
    </message>
    <message>
        <source>Registers this case to the brain template: some seconds, more exact</source>
        <translation>이 증례를 뇌 표준틀에 정합합니다: 몇 초 걸리고 더 정확합니다</translation>
    </message>
    <message>
        <source>Refine &amp;more closely</source>
        <translation>더 정밀하게 다듬기(&amp;M)</translation>
    </message>
    <message>
        <source>Registers this case and bends the template to its brain: up to a minute, refused where it fits no better</source>
        <translation>이 증례를 정합한 뒤 표준틀을 이 뇌에 맞게 휩니다: 1분까지 걸리며, 더 잘 맞지 않으면 쓰지 않습니다</translation>
    </message>
    <message>
        <source>The place is being found.</source>
        <translation>위치를 찾고 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Preview the report</source>
        <translation>보고서 미리 보기(&amp;P)</translation>
    </message>
    <message>
        <source>Paints the report here without writing it</source>
        <translation>쓰지 않고 여기에 그립니다</translation>
    </message>
    <message>
        <source>The report is being painted.</source>
        <translation>보고서를 그리고 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Keys and actions</source>
        <translation>단축키와 기능(&amp;K)</translation>
    </message>
    <message>
        <source>Everything that can be done, searchable</source>
        <translation>할 수 있는 모든 것, 검색 가능</translation>
    </message>
    <message>
        <source>&amp;About Sulcus</source>
        <translation>Sulcus 정보(&amp;A)</translation>
    </message>
    <message>
        <source>What it is, and what it is not</source>
        <translation>무엇이고 무엇이 아닌지</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>F&amp;indings</source>
        <translation>소견(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>도구</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>증상</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Hospitals</source>
        <translation>병원</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Patient %1 is in the database.</source>
        <translation>환자 %1의 기록이 데이터베이스에 있습니다.</translation>
    </message>
    <message>
        <source>Take patient and symptoms</source>
        <translation>환자와 증상 가져오기</translation>
    </message>
    <message>
        <source>(synthetic)</source>
        <translation>(합성)</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>실행 취소(&amp;U): %1</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>다시 실행(&amp;R): %1</translation>
    </message>
    <message>
        <source>About Sulcus</source>
        <translation>Sulcus 정보</translation>
    </message>
    <message>
        <source>&lt;p&gt;A segmentation workstation for students of radiology: it marks a brain tumour, finds its place, and compares the place with the symptoms.&lt;/p&gt;&lt;p&gt;&lt;b&gt;%1.&lt;/b&gt; Nothing leaves this computer.&lt;/p&gt;&lt;p&gt;Apache-2.0. Built with Qt, VTK, ITK, LibTorch and SQLite.&lt;/p&gt;</source>
        <translation>&lt;p&gt;영상의학을 배우는 학생을 위한 분할 프로그램입니다: 뇌종양을 표시하고, 위치를 찾고, 그 위치를 증상과 비교합니다.&lt;/p&gt;&lt;p&gt;&lt;b&gt;%1.&lt;/b&gt; 아무것도 이 컴퓨터를 벗어나지 않습니다.&lt;/p&gt;&lt;p&gt;Apache-2.0. Qt, VTK, ITK, LibTorch, SQLite로 만들었습니다.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Images (*.nii *.nii.gz *.hdr *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff);;All files (*)</source>
        <translation>영상 (*.nii *.nii.gz *.hdr *.nrrd *.nhdr *.mha *.mhd *.dcm *.png *.tif *.tiff);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Open a case folder</source>
        <translation>증례 폴더 열기</translation>
    </message>
    <message>
        <source>Open an image file</source>
        <translation>영상 파일 열기</translation>
    </message>
    <message>
        <source>Read a mask</source>
        <translation>마스크 읽기</translation>
    </message>
    <message>
        <source>Save the mask</source>
        <translation>마스크 저장</translation>
    </message>
    <message>
        <source>Label map (*.nii.gz *.nii *.nrrd *.mha)</source>
        <translation>라벨 맵 (*.nii.gz *.nii *.nrrd *.mha)</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>보고서 내보내기</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>Save a picture of the views</source>
        <translation>보기의 그림 저장</translation>
    </message>
    <message>
        <source>the mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>the patient&apos;s symptoms</source>
        <translation>환자의 증상</translation>
    </message>
    <message>
        <source>Unsaved work</source>
        <translation>저장하지 않은 작업</translation>
    </message>
    <message>
        <source>Changes of %1 are not saved.</source>
        <translation>저장하지 않은 변경이 있습니다: %1.</translation>
    </message>
    <message>
        <source>Go on and lose them?</source>
        <translation>계속하고 버릴까요?</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>저장하지 않음</translation>
    </message>
    <message>
        <source> and </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Segments, takes the stored symptoms, finds the place and opens the verdict with hospitals</source>
        <translation>분할하고 저장된 증상을 불러와 위치를 찾은 뒤 판정과 병원을 보여 줍니다</translation>
    </message>
    <message>
        <source>Panel: &amp;edit</source>
        <translation>패널: 편집(&amp;E)</translation>
    </message>
    <message>
        <source>Tools, labels and operations for the mask</source>
        <translation>마스크를 위한 도구, 라벨, 연산</translation>
    </message>
    <message>
        <source>Panel: &amp;measure</source>
        <translation>패널: 측정(&amp;M)</translation>
    </message>
    <message>
        <source>Pieces of the mask, and measuring by hand</source>
        <translation>마스크의 조각과 직접 측정</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>측정(&amp;M)</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Export surfaces</source>
        <translation>표면 내보내기</translation>
    </message>
    <message>
        <source>Surface (*.stl *.ply)</source>
        <translation>표면 (*.stl *.ply)</translation>
    </message>
    <message>
        <source>Export a DICOM segmentation</source>
        <translation>DICOM 분할 내보내기</translation>
    </message>
    <message>
        <source>DICOM segmentation (*.dcm)</source>
        <translation>DICOM 분할 (*.dcm)</translation>
    </message>
    <message>
        <source>Folder for the pictures of all slices</source>
        <translation>모든 단면 그림을 둘 폴더</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Save the mask...</source>
        <translation>마스크 저장...</translation>
    </message>
    <message>
        <source>Unsaved edits</source>
        <translation>저장하지 않은 편집</translation>
    </message>
    <message>
        <source>Edits of this case from %1 were never saved.</source>
        <translation>이 증례에 %1의 저장하지 않은 편집이 있습니다.</translation>
    </message>
    <message>
        <source>Restore them</source>
        <translation>복원</translation>
    </message>
    <message>
        <source>Delete them</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Browse a dataset folder first.</source>
        <translation>먼저 데이터셋 폴더를 여십시오.</translation>
    </message>
    <message>
        <source>This is the last case.</source>
        <translation>마지막 증례입니다.</translation>
    </message>
    <message>
        <source>This is the first case.</source>
        <translation>첫 증례입니다.</translation>
    </message>
    <message>
        <source>Lay a mask over the case</source>
        <translation>증례에 마스크 겹치기</translation>
    </message>
    <message>
        <source>Browse a dataset folder</source>
        <translation>데이터셋 폴더 열기</translation>
    </message>
    <message>
        <source>Open an an&amp;giography folder...</source>
        <translation>혈관조영 폴더 열기(&amp;G)...</translation>
    </message>
    <message>
        <source>One patient's eight views, or patients' folders with a table</source>
        <translation>한 환자의 영상 여덟 장, 또는 환자 폴더들과 표</translation>
    </message>
    <message>
        <source>An&amp;giography</source>
        <translation>혈관조영(&amp;G)</translation>
    </message>
    <message>
        <source>Open an angiography folder</source>
        <translation>혈관조영 폴더 열기</translation>
    </message>
    <message>
        <source>&amp;Tool</source>
        <translation>도구(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Label and brush</source>
        <translation>라벨과 붓(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Whole mask</source>
        <translation>마스크 전체(&amp;W)</translation>
    </message>
    <message>
        <source>The window speaks this language from the next start on</source>
        <translation>다음에 시작할 때부터 창이 이 언어로 나옵니다</translation>
    </message>
    <message>
        <source>&amp;New visit</source>
        <translation>새 방문(&amp;N)</translation>
    </message>
    <message>
        <source>The next save writes a further visit of this patient; choose its day</source>
        <translation>다음에 저장하면 이 환자의 다른 방문으로 적습니다. 날짜를 고르십시오</translation>
    </message>
    <message>
        <source>Save the patient first: that is the first visit.</source>
        <translation>먼저 환자를 저장하십시오. 그것이 첫 방문입니다.</translation>
    </message>
    <message>
        <source>Place and symptoms are compared for brain cases only.</source>
        <translation>위치와 증상은 뇌 사례에서만 비교합니다.</translation>
    </message>
    <message>
        <source>Unsaved symptoms</source>
        <translation>저장하지 않은 증상</translation>
    </message>
    <message>
        <source>Symptoms entered on %1 were never saved (%2 chosen).</source>
        <translation>%1에 입력한 증상이 저장되지 않았습니다(선택 %2개).</translation>
    </message>
    <message>
        <source>Symptoms of %3 entered on %1 were never saved (%2 chosen).</source>
        <translation>%1에 입력한 %3의 증상이 저장되지 않았습니다(선택 %2개).</translation>
    </message>
    <message>
        <source>Sulcus ended without saving them, but kept a copy. “Later” leaves the copy for the next start; until then no newer copy is made.</source>
        <translation>Sulcus가 저장하지 못하고 끝났지만 사본을 남겼습니다. “나중에”를 누르면 사본이 다음 시작까지 남고, 그때까지 새 사본은 만들지 않습니다.</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>받아들이기</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>알림 닫기</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>메시지 %1개</translation>
    </message>
    <message>
        <source>Close the message; the one before it follows</source>
        <translation>메시지 닫기. 앞선 메시지가 나타납니다</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::ReportPanel</name>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Preview of the report</source>
        <translation>보고서 미리 보기</translation>
    </message>
    <message>
        <source>Click to enlarge</source>
        <translation>클릭하면 커집니다</translation>
    </message>
    <message>
        <source>Painting the report...</source>
        <translation>보고서를 그리는 중...</translation>
    </message>
    <message>
        <source>The report holds slices with contours, volumes, place, verdict, hospitals and where the mask came from. A JSON file with the same facts is written beside the picture.</source>
        <translation>보고서에는 윤곽이 있는 단면, 부피, 위치, 판정, 병원, 마스크의 출처가 담깁니다. 같은 내용의 JSON 파일을 그림 옆에 씁니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::SegmentPanel</name>
    <message>
        <source>Segment</source>
        <translation>분할</translation>
    </message>
    <message>
        <source>Progress of the segmentation</source>
        <translation>분할의 진행</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stop the network; nothing changes. [%1]</source>
        <translation>신경망을 멈춥니다; 아무것도 바뀌지 않습니다. [%1]</translation>
    </message>
    <message>
        <source>Cancel the segmentation</source>
        <translation>분할 취소</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>Where the network runs</source>
        <translation>신경망을 실행할 곳</translation>
    </message>
    <message>
        <source>Where the network runs. Automatic takes a graphics card when there is one.</source>
        <translation>신경망을 실행할 곳. 자동은 그래픽 카드가 있으면 그것을 씁니다.</translation>
    </message>
    <message>
        <source>%1 %2
%3
Trained on: %4
Weights %5...</source>
        <translation>%1 %2
%3
학습 자료: %4
가중치 %5...</translation>
    </message>
    <message>
        <source>no network found</source>
        <translation>신경망을 찾지 못함</translation>
    </message>
    <message>
        <source>No network bundle was found. Start with --models FOLDER.</source>
        <translation>신경망 묶음을 찾지 못했습니다. --models 폴더 로 시작하십시오.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>그래픽 카드</translation>
    </message>
    <message>
        <source>Mask read from a file or the truth</source>
        <translation>파일이나 정답에서 읽은 마스크</translation>
    </message>
    <message>
        <source>%1 %2 · %3 s on %4</source>
        <translation>%1 %2 · %4에서 %3초</translation>
    </message>
    <message>
        <source>Waiting...</source>
        <translation>기다리는 중...</translation>
    </message>
    <message>
        <source>Stopping...</source>
        <translation>멈추는 중...</translation>
    </message>
    <message>
        <source>Starting...</source>
        <translation>시작하는 중...</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::SequencesPanel</name>
    <message>
        <source>Sequences</source>
        <translation>시퀀스</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>합성</translation>
    </message>
    <message>
        <source>A made-up demo case, not a person.</source>
        <translation>만들어 낸 데모 증례이며 사람이 아닙니다.</translation>
    </message>
    <message>
        <source>synthetic case</source>
        <translation>합성 증례</translation>
    </message>
    <message>
        <source>Window width and level. Ctrl + drag in a view changes them.</source>
        <translation>윈도우 폭과 레벨. 보기에서 Ctrl + 끌기로 바꿉니다.</translation>
    </message>
    <message>
        <source>Window preset</source>
        <translation>윈도우 사전 설정</translation>
    </message>
    <message>
        <source>Grey window for an organ (keys 1 to 5)</source>
        <translation>장기별 윈도우 (1부터 5까지의 키)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>사전 설정</translation>
    </message>
    <message>
        <source>No case open</source>
        <translation>열린 증례 없음</translation>
    </message>
    <message>
        <source>%1 × %2 × %3 voxels of %4 × %5 × %6 mm</source>
        <translation>%1 × %2 × %3 복셀, %4 × %5 × %6 mm</translation>
    </message>
    <message>
        <source> · with truth</source>
        <translation> · 정답 있음</translation>
    </message>
    <message>
        <source> · left and right unknown</source>
        <translation> · 좌우를 알 수 없음</translation>
    </message>
    <message>
        <source>%1 missing</source>
        <translation>%1 없음</translation>
    </message>
    <message>
        <source>Window %1 · Level %2</source>
        <translation>윈도우 %1 · 레벨 %2</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::StartPage</name>
    <message>
        <source>Start</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Segment a brain tumour, find its place, compare it with the symptoms.</source>
        <translation>뇌종양을 분할하고, 위치를 찾고, 증상과 비교합니다.</translation>
    </message>
    <message>
        <source>or drop a case folder or an image file anywhere in this window.</source>
        <translation>또는 증례 폴더나 영상 파일을 이 창에 끌어다 놓으십시오.</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>최근 증례</translation>
    </message>
    <message>
        <source>%1. Everything stays on this computer.</source>
        <translation>%1. 모든 것은 이 컴퓨터에 남습니다.</translation>
    </message>
    <message>
        <source>  (synthetic)</source>
        <translation>  (합성)</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::StatusReadout</name>
    <message>
        <source>Position and values</source>
        <translation>위치와 값</translation>
    </message>
    <message>
        <source>World position in millimetres (LPS: growing to the patient&apos;s left, back and head, from the file&apos;s origin) and voxel</source>
        <translation>밀리미터 위치 (LPS: 파일의 원점에서 환자의 왼쪽, 뒤, 머리쪽으로 커짐)와 복셀</translation>
    </message>
    <message>
        <source>Value of every sequence here</source>
        <translation>여기에서 각 시퀀스의 값</translation>
    </message>
    <message>
        <source>voxel</source>
        <translation>복셀</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::SymptomsPanel</name>
    <message>
        <source>Patient and symptoms</source>
        <translation>환자와 증상</translation>
    </message>
    <message>
        <source>Pseudonym, e.g. P-017</source>
        <translation>가명, 예: P-017</translation>
    </message>
    <message>
        <source>A code for the patient. Do not type a name.</source>
        <translation>환자를 가리키는 부호. 이름을 쓰지 마십시오.</translation>
    </message>
    <message>
        <source>Patient pseudonym</source>
        <translation>환자 가명</translation>
    </message>
    <message>
        <source>Writes with</source>
        <translation>쓰는 손</translation>
    </message>
    <message>
        <source>Language usually lies in the hemisphere opposite the writing hand.</source>
        <translation>언어는 대개 쓰는 손의 반대쪽 반구에 있습니다.</translation>
    </message>
    <message>
        <source>Writing hand</source>
        <translation>쓰는 손</translation>
    </message>
    <message>
        <source>left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>Search symptoms: weak, speech, sight...</source>
        <translation>증상 검색: 힘, 말, 시야...</translation>
    </message>
    <message>
        <source>Type a word, press Down, tick with Space, then L, R or B for the side.</source>
        <translation>낱말을 쓰고 아래 화살표, 스페이스로 표시, L, R, B로 쪽을 정합니다.</translation>
    </message>
    <message>
        <source>Search symptoms</source>
        <translation>증상 검색</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>증상</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>비우기</translation>
    </message>
    <message>
        <source>Take all symptoms out</source>
        <translation>모든 증상을 뺍니다</translation>
    </message>
    <message>
        <source>Clear all symptoms</source>
        <translation>모든 증상 비우기</translation>
    </message>
    <message>
        <source>Regions that the symptoms suggest</source>
        <translation>증상이 가리키는 부위</translation>
    </message>
    <message>
        <source>Side of %1</source>
        <translation>%1의 쪽</translation>
    </message>
    <message>
        <source>Side of the body, as the patient says it  [L] [R] [B] [U]</source>
        <translation>환자가 말하는 몸의 쪽  [L] [R] [B] [U]</translation>
    </message>
    <message>
        <source>side?</source>
        <translation>쪽?</translation>
    </message>
    <message>
        <source>both</source>
        <translation>양쪽</translation>
    </message>
    <message>
        <source>No symptom chosen</source>
        <translation>고른 증상 없음</translation>
    </message>
    <message>
        <source>Symptoms chosen: %1</source>
        <translation>고른 증상: %1개</translation>
    </message>
    <message>
        <source>Known patient · changes not saved</source>
        <translation>아는 환자 · 변경을 저장하지 않음</translation>
    </message>
    <message>
        <source>Known patient · saved</source>
        <translation>아는 환자 · 저장됨</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>아직 저장하지 않음</translation>
    </message>
    <message>
        <source>Strongly suggested:</source>
        <translation>강하게 시사:</translation>
    </message>
    <message>
        <source>Weakly:</source>
        <translation>약하게:</translation>
    </message>
    <message>
        <source>The brain from three sides with these regions</source>
        <translation>세 방향에서 본 뇌와 이 부위들</translation>
    </message>
    <message>
        <source>No symptom matches “%1”. Try another word, or clear the search.</source>
        <translation>“%1”에 맞는 증상이 없습니다. 다른 낱말로 찾거나 검색어를 지우세요.</translation>
    </message>
    <message>
        <source>Day of the visit</source>
        <translation>방문 날짜</translation>
    </message>
    <message>
        <source>Day of the visit: symptoms and the mask's volumes are stored for it</source>
        <translation>방문 날짜. 증상과 마스크 부피가 이 날짜로 저장됩니다</translation>
    </message>
    <message>
        <source>Known patient · new visit, not saved</source>
        <translation>등록된 환자 · 새 방문, 저장 안 됨</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::VerdictPanel</name>
    <message>
        <source>strong link</source>
        <translation>강한 연결</translation>
    </message>
    <message>
        <source>fair link</source>
        <translation>중간 연결</translation>
    </message>
    <message>
        <source>weak link</source>
        <translation>약한 연결</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>위치 없음</translation>
    </message>
    <message>
        <source>Place and verdict</source>
        <translation>위치와 판정</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Place, reasons and links</source>
        <translation>위치, 까닭, 연결</translation>
    </message>
    <message>
        <source>Where the mask lies</source>
        <translation>마스크의 위치</translation>
    </message>
    <message>
        <source>Finding the place...</source>
        <translation>위치를 찾는 중...</translation>
    </message>
    <message>
        <source>other places</source>
        <translation>그 밖의 곳</translation>
    </message>
    <message>
        <source>outside the atlas</source>
        <translation>아틀라스 밖</translation>
    </message>
    <message>
        <source>Left %1, right %2</source>
        <translation>왼쪽 %1, 오른쪽 %2</translation>
    </message>
    <message>
        <source>crosses the midline</source>
        <translation>정중선을 넘음</translation>
    </message>
    <message>
        <source>one piece</source>
        <translation>한 조각</translation>
    </message>
    <message>
        <source>%1 pieces</source>
        <translation>조각 %1개</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 %2 mm</source>
        <translation>%1 %2 mm</translation>
    </message>
    <message>
        <source>Touches:</source>
        <translation>닿음:</translation>
    </message>
    <message>
        <source>Near:</source>
        <translation>가까움:</translation>
    </message>
    <message>
        <source>Placed by registration to the brain template</source>
        <translation>뇌 표준틀에 정합하여 위치를 정함</translation>
    </message>
    <message>
        <source>Placed by bending the brain template to this brain</source>
        <translation>뇌 표준틀을 이 뇌에 맞게 휘어 위치를 정함</translation>
    </message>
    <message>
        <source>Placed by the grid of the file</source>
        <translation>파일의 격자로 위치를 정함</translation>
    </message>
    <message>
        <source>, brain overlap %1</source>
        <translation>, 뇌 겹침 %1</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>까닭</translation>
    </message>
    <message>
        <source>Not explained by the mask</source>
        <translation>마스크로 설명되지 않음</translation>
    </message>
    <message>
        <source>Expected for this place, not entered</source>
        <translation>이 위치에서 예상되지만 입력되지 않음</translation>
    </message>
    <message>
        <source>Every link that was used</source>
        <translation>쓰인 모든 연결</translation>
    </message>
    <message>
        <source>side fits</source>
        <translation>쪽이 맞음</translation>
    </message>
    <message>
        <source>other side</source>
        <translation>반대쪽</translation>
    </message>
    <message>
        <source>textbook</source>
        <translation>교과서</translation>
    </message>
    <message>
        <source>not in the mask</source>
        <translation>마스크 안에 없음</translation>
    </message>
    <message>
        <source>hardly in the mask</source>
        <translation>마스크 안에 거의 없음</translation>
    </message>
    <message>
        <source>About this region: %1</source>
        <translation>이 부위에 대하여: %1</translation>
    </message>
    <message>
        <source>Does: %1</source>
        <translation>하는 일: %1</translation>
    </message>
    <message>
        <source>Signs: %1</source>
        <translation>징후: %1</translation>
    </message>
    <message>
        <source>Tumours: %1</source>
        <translation>종양: %1</translation>
    </message>
    <message>
        <source>Keep in mind</source>
        <translation>기억할 것</translation>
    </message>
    <message>
        <source>No case open</source>
        <translation>열린 증례 없음</translation>
    </message>
    <message>
        <source>Open a case, segment it, then tick the symptoms.</source>
        <translation>증례를 열고, 분할한 다음, 증상을 표시하십시오.</translation>
    </message>
    <message>
        <source>No mask yet</source>
        <translation>아직 마스크 없음</translation>
    </message>
    <message>
        <source>Segment the case first; its place is found by itself.</source>
        <translation>먼저 분할하십시오; 위치는 저절로 찾습니다.</translation>
    </message>
    <message>
        <source>The place is not known</source>
        <translation>위치를 알 수 없음</translation>
    </message>
    <message>
        <source>Tick symptoms in the tab Symptoms to compare them with the place.</source>
        <translation>증상 탭에서 증상을 표시하면 위치와 비교합니다.</translation>
    </message>
    <message>
        <source>%1 of the mask</source>
        <translation>마스크의 %1</translation>
    </message>
    <message>
        <source>strongly suggested</source>
        <translation>강하게 시사됨</translation>
    </message>
    <message>
        <source>weakly suggested</source>
        <translation>약하게 시사됨</translation>
    </message>
    <message>
        <source>Regions by mask and symptoms together</source>
        <translation>마스크와 증상을 함께 본 부위</translation>
    </message>
    <message>
        <source>Sources: %1</source>
        <translation>출처: %1</translation>
    </message>
    <message>
        <source>Of this, %1 lies beyond the edge of the atlas' brain and is counted to the nearest region.</source>
        <translation>이 가운데 %1은(는) 아틀라스 뇌의 바깥에 있어 가장 가까운 부위로 셉니다.</translation>
    </message>
    <message>
        <source>A registration of this case is on its way and will refine it.</source>
        <translation>이 증례를 정합하고 있으며 끝나면 더 정확해집니다.</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
    <message>
        <source>brain overlap %1 → %2</source>
        <translation>뇌 겹침 %1 → %2</translation>
    </message>
    <message>
        <source>Refined by the registration:</source>
        <translation>정합으로 다듬은 결과:</translation>
    </message>
    <message>
        <source>no region changed by 1 % or more</source>
        <translation>1 % 이상 바뀐 부위 없음</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>Where to go (examples to verify)</source>
        <translation>갈 곳 (확인이 필요한 예시)</translation>
    </message>
    <message>
        <source>All hospitals</source>
        <translation>모든 병원</translation>
    </message>
    <message>
        <source>Filled: regions with at least 10 % of the mask. Hatched: regions that the symptoms suggest. Rings: the pieces.</source>
        <translation>채움: 마스크의 10 % 이상이 있는 부위. 빗금: 증상이 시사하는 부위. 고리: 마스크 조각.</translation>
    </message>
    <message>
        <source>Place and symptoms are compared for brain cases only</source>
        <translation>위치와 증상은 뇌 사례에서만 비교합니다</translation>
    </message>
    <message>
        <source>This is a CT. The report holds what was measured.</source>
        <translation>이 사례는 CT입니다. 잰 값은 보고서에 있습니다.</translation>
    </message>
    <message>
        <source>%1, %2 side</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::ViewArea</name>
    <message>
        <source>Views of the case</source>
        <translation>증례의 보기</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>축상</translation>
    </message>
    <message>
        <source>Axial view</source>
        <translation>축상 보기</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>시상</translation>
    </message>
    <message>
        <source>Sagittal view</source>
        <translation>시상 보기</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>관상</translation>
    </message>
    <message>
        <source>Coronal view</source>
        <translation>관상 보기</translation>
    </message>
    <message>
        <source>3-D view</source>
        <translation>3차원 보기</translation>
    </message>
    <message>
        <source>Building surfaces</source>
        <translation>표면을 만드는 중</translation>
    </message>
    <message>
        <source>Building the brain surface</source>
        <translation>뇌 표면을 만드는 중</translation>
    </message>
    <message>
        <source>View %1 of those side by side</source>
        <translation>나란한 보기 %1</translation>
    </message>
    <message>
        <source>Many slices</source>
        <translation>여러 단면</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>겹쳐 보기</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Preparing the 3-D picture</source>
        <translation>3차원 그림 준비</translation>
    </message>
    <message>
        <source>Building the surface</source>
        <translation>표면을 만드는 중</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::CaseBrowserPage</name>
    <message>
        <source>Cases of a dataset</source>
        <translation>데이터셋의 증례</translation>
    </message>
    <message>
        <source>Another folder...</source>
        <translation>다른 폴더...</translation>
    </message>
    <message>
        <source>Lists the cases of another folder</source>
        <translation>다른 폴더의 증례를 보여 줍니다</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Back to the case, or to the start page</source>
        <translation>증례나 시작 화면으로 돌아갑니다</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>이름으로 거르기</translation>
    </message>
    <message>
        <source>Filter cases by name</source>
        <translation>증례를 이름으로 거르기</translation>
    </message>
    <message>
        <source>Which cases</source>
        <translation>어떤 증례</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Every case</source>
        <translation>모든 증례</translation>
    </message>
    <message>
        <source>Segmented</source>
        <translation>분할됨</translation>
    </message>
    <message>
        <source>Cases with a mask that was made here</source>
        <translation>여기서 만든 마스크가 있는 증례</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>아직</translation>
    </message>
    <message>
        <source>Cases without such a mask</source>
        <translation>그런 마스크가 없는 증례</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Cases that came with a truth</source>
        <translation>정답이 딸린 증례</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>보고서</translation>
    </message>
    <message>
        <source>Cases with a report</source>
        <translation>보고서가 있는 증례</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>증례</translation>
    </message>
    <message>
        <source>Double-click or Return opens a case. Marks: truth, mask, report.</source>
        <translation>두 번 클릭하거나 Return 키로 엽니다. 표시: 정답, 마스크, 보고서.</translation>
    </message>
    <message>
        <source>1 case</source>
        <translation>증례 1건</translation>
    </message>
    <message>
        <source>%1 cases</source>
        <translation>증례 %1건</translation>
    </message>
    <message>
        <source>%1 of %2 cases</source>
        <translation>증례 %2건 가운데 %1건</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::ChoiceDialog</name>
    <message>
        <source>What to open</source>
        <translation>무엇을 열까요</translation>
    </message>
    <message>
        <source>This folder holds %1 DICOM series.</source>
        <translation>이 폴더에는 DICOM 시리즈가 %1개 있습니다.</translation>
    </message>
    <message>
        <source>This file holds %1 volumes.</source>
        <translation>이 파일에는 볼륨이 %1개 있습니다.</translation>
    </message>
    <message>
        <source>Series or volumes</source>
        <translation>시리즈 또는 볼륨</translation>
    </message>
    <message>
        <source>Series %1</source>
        <translation>시리즈 %1</translation>
    </message>
    <message>
        <source>Volume %1</source>
        <translation>볼륨 %1</translation>
    </message>
    <message>
        <source>uneven gaps: they will be evened out</source>
        <translation>간격이 고르지 않음: 고르게 바로잡습니다</translation>
    </message>
    <message>
        <source>tilted by %1°: it will be straightened</source>
        <translation>%1° 기울어짐: 바로 세웁니다</translation>
    </message>
    <message>
        <source>%1 pictures at each position: the first is read</source>
        <translation>위치마다 그림 %1장: 첫 번째를 읽습니다</translation>
    </message>
    <message>
        <source>%1 × %2 × %3 voxels of %4 × %5 × %6 mm</source>
        <translation>%1 × %2 × %3 복셀, %4 × %5 × %6 mm</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::DisplayPanel</name>
    <message>
        <source>Display</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Grey window, colours, probabilities, overlay, 3-D</source>
        <translation>회색 창, 색, 확률, 겹쳐 보기, 3차원</translation>
    </message>
    <message>
        <source>Grey window preset</source>
        <translation>회색 창 프리셋</translation>
    </message>
    <message>
        <source>Grey window for an organ, or for a part of the brain's values; digits do the same</source>
        <translation>장기 또는 뇌 값의 일부에 맞춘 회색 창. 숫자 키로도 됩니다</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>프리셋</translation>
    </message>
    <message>
        <source>Window width</source>
        <translation>창 너비</translation>
    </message>
    <message>
        <source>Width of the grey window, in the image's own units</source>
        <translation>회색 창의 너비, 영상의 단위로</translation>
    </message>
    <message>
        <source>Window level</source>
        <translation>창 레벨</translation>
    </message>
    <message>
        <source>Middle of the grey window, in the image's own units</source>
        <translation>회색 창의 가운데, 영상의 단위로</translation>
    </message>
    <message>
        <source>W · L</source>
        <translation>너비 · 레벨</translation>
    </message>
    <message>
        <source>Colour map</source>
        <translation>색 지도</translation>
    </message>
    <message>
        <source>How grey values become colours</source>
        <translation>회색 값이 색이 되는 방식</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>색</translation>
    </message>
    <message>
        <source>Probability map</source>
        <translation>확률 지도</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>확률</translation>
    </message>
    <message>
        <source>Opacity of the probability map</source>
        <translation>확률 지도의 불투명도</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>겹쳐 보기</translation>
    </message>
    <message>
        <source>What the 3-D view draws</source>
        <translation>3차원 보기가 그리는 것</translation>
    </message>
    <message>
        <source>Surfaces alone, or the voxels themselves as a cloud</source>
        <translation>표면만, 또는 복셀 자체를 구름처럼</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3차원</translation>
    </message>
    <message>
        <source>Choose...</source>
        <translation>고르기...</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>What the network thought of each voxel, as colours</source>
        <translation>신경망이 복셀마다 생각한 것을 색으로</translation>
    </message>
    <message>
        <source>No probabilities are kept: segment the case first.</source>
        <translation>보관된 확률이 없습니다. 먼저 분할하십시오.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>도움말 찾기</translation>
    </message>
    <message>
        <source>Help pages</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>도움말 쪽</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::ReadingActions</name>
    <message>
        <source>Hot</source>
        <translation>열</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>비리디스</translation>
    </message>
    <message>
        <source>Blue-grey</source>
        <translation>청회색</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>회색</translation>
    </message>
    <message>
        <source>Brain (MRI)</source>
        <translation>뇌 (MRI)</translation>
    </message>
    <message>
        <source>Bone (CT)</source>
        <translation>뼈 (CT)</translation>
    </message>
    <message>
        <source>Soft tissue (CT)</source>
        <translation>연조직 (CT)</translation>
    </message>
    <message>
        <source>Lung (CT)</source>
        <translation>폐 (CT)</translation>
    </message>
    <message>
        <source>Surfaces only</source>
        <translation>표면만</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>&amp;Help pages</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Short pages about every part of the program</source>
        <translation>프로그램의 모든 부분에 대한 짧은 설명</translation>
    </message>
    <message>
        <source>View</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>&amp;All sequences</source>
        <translation>모든 시퀀스(&amp;A)</translation>
    </message>
    <message>
        <source>Every sequence on one plane, moved together</source>
        <translation>한 단면 방향의 모든 시퀀스를 함께 움직입니다</translation>
    </message>
    <message>
        <source>Mask &amp;beside truth</source>
        <translation>마스크와 정답 나란히(&amp;B)</translation>
    </message>
    <message>
        <source>Mask on the left; on the right the truth, else the overlay, else the bare image</source>
        <translation>왼쪽에 마스크, 오른쪽에 정답 또는 겹친 마스크 또는 영상</translation>
    </message>
    <message>
        <source>Many slices (&amp;light box)</source>
        <translation>여러 단면(라이트 박스)(&amp;L)</translation>
    </message>
    <message>
        <source>Slices of one plane at equal steps</source>
        <translation>한 방향의 단면을 같은 간격으로</translation>
    </message>
    <message>
        <source>&amp;Linked crosshair</source>
        <translation>십자선 연결(&amp;L)</translation>
    </message>
    <message>
        <source>Off: a click moves the slice of its own view alone</source>
        <translation>끄면 클릭한 보기의 단면만 움직입니다</translation>
    </message>
    <message>
        <source>Linked &amp;zoom</source>
        <translation>확대 연결(&amp;Z)</translation>
    </message>
    <message>
        <source>Zoom and pan of one plane go for the others too</source>
        <translation>한 단면의 확대와 이동이 다른 단면에도 적용됩니다</translation>
    </message>
    <message>
        <source>Light box of %1 × %2</source>
        <translation>라이트 박스 %1 × %2</translation>
    </message>
    <message>
        <source>Columns and rows of the light box</source>
        <translation>라이트 박스의 열과 행</translation>
    </message>
    <message>
        <source>Light box every %1 mm</source>
        <translation>라이트 박스 간격 %1 mm</translation>
    </message>
    <message>
        <source>Distance between its slices</source>
        <translation>단면 사이의 거리</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>No overlay is open.</source>
        <translation>겹쳐 보는 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>Sequence or CT window %1</source>
        <translation>시퀀스 또는 CT 창 %1</translation>
    </message>
    <message>
        <source>CT bone, or MRI window 1</source>
        <translation>CT 뼈 또는 MRI 창 1</translation>
    </message>
    <message>
        <source>MRI window %1</source>
        <translation>MRI 창 %1</translation>
    </message>
    <message>
        <source>Of a CT the grey windows brain, lung, soft tissue, liver and bone; of an MRI the sequences, then windows between percentiles of the brain</source>
        <translation>CT에서는 뇌, 폐, 연조직, 간, 뼈 창. MRI에서는 시퀀스, 그다음 뇌 값의 백분위 창</translation>
    </message>
    <message>
        <source>Colour map: %1</source>
        <translation>색 지도: %1</translation>
    </message>
    <message>
        <source>How grey values become colours</source>
        <translation>회색 값이 색이 되는 방식</translation>
    </message>
    <message>
        <source>Next &amp;colour map</source>
        <translation>다음 색 지도(&amp;C)</translation>
    </message>
    <message>
        <source>Grey, hot, viridis, blue-grey</source>
        <translation>회색, 열, 비리디스, 청회색</translation>
    </message>
    <message>
        <source>Scale &amp;bar</source>
        <translation>축척 막대(&amp;B)</translation>
    </message>
    <message>
        <source>A length in millimetres</source>
        <translation>밀리미터 길이</translation>
    </message>
    <message>
        <source>Next &amp;probability map</source>
        <translation>다음 확률 지도(&amp;P)</translation>
    </message>
    <message>
        <source>What the network thought of each voxel, as colours; then none again</source>
        <translation>신경망이 복셀마다 생각한 것을 색으로, 그다음 다시 없음</translation>
    </message>
    <message>
        <source>No probabilities are kept: segment the case first.</source>
        <translation>보관된 확률이 없습니다. 먼저 분할하십시오.</translation>
    </message>
    <message>
        <source>Lay a mask &amp;over the case...</source>
        <translation>증례에 마스크 겹치기(&amp;O)...</translation>
    </message>
    <message>
        <source>A second mask of any size and spacing, as outlines; nothing is changed</source>
        <translation>크기와 간격이 다른 두 번째 마스크를 윤곽선으로. 아무것도 바뀌지 않습니다</translation>
    </message>
    <message>
        <source>Show the o&amp;verlay</source>
        <translation>겹친 마스크 보이기(&amp;V)</translation>
    </message>
    <message>
        <source>The outlines of the second mask</source>
        <translation>두 번째 마스크의 윤곽선</translation>
    </message>
    <message>
        <source>Take the overlay a&amp;way</source>
        <translation>겹친 마스크 치우기(&amp;W)</translation>
    </message>
    <message>
        <source>The file itself stays</source>
        <translation>파일은 그대로 있습니다</translation>
    </message>
    <message>
        <source>Show the &amp;voxels in 3-D</source>
        <translation>3차원에 복셀 보이기(&amp;V)</translation>
    </message>
    <message>
        <source>The image itself as a cloud: brain of an MRI, bone of a CT</source>
        <translation>영상 자체를 구름처럼: MRI의 뇌, CT의 뼈</translation>
    </message>
    <message>
        <source>3-D: %1</source>
        <translation>3차원: %1</translation>
    </message>
    <message>
        <source>What the 3-D view draws</source>
        <translation>3차원 보기가 그리는 것</translation>
    </message>
    <message>
        <source>Save a picture of the &amp;3-D view...</source>
        <translation>3차원 보기의 그림 저장(&amp;3)...</translation>
    </message>
    <message>
        <source>As PNG</source>
        <translation>PNG로</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>&amp;Browse a dataset folder...</source>
        <translation>데이터셋 폴더 둘러보기(&amp;B)...</translation>
    </message>
    <message>
        <source>All cases of a folder with pictures, to be read one after the other</source>
        <translation>폴더의 모든 증례를 그림과 함께, 차례로 판독하기</translation>
    </message>
    <message>
        <source>&amp;Next case</source>
        <translation>다음 증례(&amp;N)</translation>
    </message>
    <message>
        <source>Of the dataset folder that was browsed</source>
        <translation>둘러본 데이터셋 폴더에서</translation>
    </message>
    <message>
        <source>&amp;Previous case</source>
        <translation>이전 증례(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>배치(&amp;L)</translation>
    </message>
    <message>
        <source>Light &amp;box</source>
        <translation>라이트 박스(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Contrast and colours</source>
        <translation>대비와 색(&amp;C)</translation>
    </message>
    <message>
        <source>Colour &amp;map</source>
        <translation>색 지도(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;3-D view</source>
        <translation>3차원 보기(&amp;3)</translation>
    </message>
    <message>
        <source>Layout of the views</source>
        <translation>보기 배치</translation>
    </message>
</context>
<context>
    <name>CaseBrowser</name>
    <message>
        <source>Listing the cases</source>
        <translation>증례 목록 만들기</translation>
    </message>
    <message>
        <source>What is known of the cases</source>
        <translation>증례에 대해 아는 것</translation>
    </message>
    <message>
        <source>Making pictures of the cases</source>
        <translation>증례 그림 만들기</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>Opening the database</source>
        <translation>데이터베이스를 여는 중</translation>
    </message>
    <message>
        <source>Looking for networks</source>
        <translation>신경망을 찾는 중</translation>
    </message>
    <message>
        <source>Recent cases</source>
        <translation>최근 증례</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>%1 여는 중</translation>
    </message>
    <message>
        <source>Preparing the demo case</source>
        <translation>데모 증례를 준비하는 중</translation>
    </message>
    <message>
        <source>Placing the case in the atlas</source>
        <translation>증례를 아틀라스에 놓는 중</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>A network is already at work.</source>
        <translation>신경망이 이미 일하고 있습니다.</translation>
    </message>
    <message>
        <source>No network bundle was found. Start with --models FOLDER.</source>
        <translation>신경망 묶음을 찾지 못했습니다. --models 폴더 로 시작하십시오.</translation>
    </message>
    <message>
        <source>This network needs sequences that the case does not have.</source>
        <translation>이 신경망에 필요한 시퀀스가 증례에 없습니다.</translation>
    </message>
    <message>
        <source>Segmenting</source>
        <translation>분할하는 중</translation>
    </message>
    <message>
        <source>Segment with %1</source>
        <translation>%1(으)로 분할</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>%1 읽는 중</translation>
    </message>
    <message>
        <source>Read mask</source>
        <translation>마스크 읽기</translation>
    </message>
    <message>
        <source>Saving the mask</source>
        <translation>마스크를 저장하는 중</translation>
    </message>
    <message>
        <source>Copy truth to mask</source>
        <translation>정답을 마스크로 복사</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>재는 중</translation>
    </message>
    <message>
        <source>Finding the place</source>
        <translation>위치를 찾는 중</translation>
    </message>
    <message>
        <source>Remembering the case</source>
        <translation>증례를 기억하는 중</translation>
    </message>
    <message>
        <source>Reading the patient</source>
        <translation>환자를 읽는 중</translation>
    </message>
    <message>
        <source>Saving the patient</source>
        <translation>환자를 저장하는 중</translation>
    </message>
    <message>
        <source>A report needs a mask: segment the case or read a mask first.</source>
        <translation>보고서에는 마스크가 필요합니다: 먼저 분할하거나 마스크를 읽으십시오.</translation>
    </message>
    <message>
        <source>Painting the report</source>
        <translation>보고서를 그리는 중</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>보고서를 쓰는 중</translation>
    </message>
    <message>
        <source>Remembering the report</source>
        <translation>보고서를 기억하는 중</translation>
    </message>
    <message>
        <source>Refining the place</source>
        <translation>위치를 다듬는 중</translation>
    </message>
    <message>
        <source>Loading the atlas</source>
        <translation>아틀라스를 불러오는 중</translation>
    </message>
    <message>
        <source>Reading the hospitals</source>
        <translation>병원을 읽는 중</translation>
    </message>
    <message>
        <source>Take labels of %1</source>
        <translation>%1의 라벨 가져오기</translation>
    </message>
    <message>
        <source>Reading the next case</source>
        <translation>다음 증례 읽기</translation>
    </message>
    <message>
        <source>Looking for the patient</source>
        <translation>환자를 찾는 중</translation>
    </message>
    <message>
        <source>background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>label %1</source>
        <translation>라벨 %1</translation>
    </message>
</context>
<context>
    <name>parts</name>
    <message>
        <source>Education and research only, not for diagnosis</source>
        <translation>교육과 연구 전용, 진단에 쓸 수 없음</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>the graphics card</source>
        <translation>그래픽 카드</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>T1 with contrast</source>
        <translation>조영 T1</translation>
    </message>
    <message>
        <source>FLAIR: water is dark, oedema is bright</source>
        <translation>FLAIR: 물은 어둡고 부종은 밝습니다</translation>
    </message>
    <message>
        <source>T1: anatomy; fluid is dark</source>
        <translation>T1: 해부 구조; 체액은 어둡습니다</translation>
    </message>
    <message>
        <source>T1 after contrast agent: the enhancing tumour is bright</source>
        <translation>조영제를 쓴 T1: 조영 증강 종양이 밝습니다</translation>
    </message>
    <message>
        <source>T2: fluid and oedema are bright</source>
        <translation>T2: 체액과 부종이 밝습니다</translation>
    </message>
    <message>
        <source>CT, in Hounsfield units</source>
        <translation>CT, 하운스필드 단위</translation>
    </message>
    <message>
        <source>The image of this case</source>
        <translation>이 증례의 영상</translation>
    </message>
    <message>
        <source>Whole tumour</source>
        <translation>전체 종양</translation>
    </message>
    <message>
        <source>Tumour core</source>
        <translation>종양 핵심부</translation>
    </message>
    <message>
        <source>Enhancing tumour</source>
        <translation>조영 증강 종양</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>라벨 %1</translation>
    </message>
    <message>
        <source>left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>양쪽</translation>
    </message>
    <message>
        <source>side unknown</source>
        <translation>쪽을 모름</translation>
    </message>
    <message>
        <source>%1, left</source>
        <translation>왼쪽 %1</translation>
    </message>
    <message>
        <source>%1, right</source>
        <translation>오른쪽 %1</translation>
    </message>
    <message>
        <source>General</source>
        <translation>전반</translation>
    </message>
    <message>
        <source>Seizures</source>
        <translation>발작</translation>
    </message>
    <message>
        <source>Movement, balance</source>
        <translation>움직임, 균형</translation>
    </message>
    <message>
        <source>Feeling</source>
        <translation>감각</translation>
    </message>
    <message>
        <source>Speech, language</source>
        <translation>말, 언어</translation>
    </message>
    <message>
        <source>Sight</source>
        <translation>시각</translation>
    </message>
    <message>
        <source>Face, hearing, swallowing</source>
        <translation>얼굴, 청각, 삼킴</translation>
    </message>
    <message>
        <source>Memory, thinking</source>
        <translation>기억, 생각</translation>
    </message>
    <message>
        <source>Mood, behaviour</source>
        <translation>기분, 행동</translation>
    </message>
    <message>
        <source>Hormones, thirst, growth</source>
        <translation>호르몬, 갈증, 성장</translation>
    </message>
    <message>
        <source>Body functions</source>
        <translation>몸의 기능</translation>
    </message>
    <message>
        <source>Neurosurgery</source>
        <translation>신경외과</translation>
    </message>
    <message>
        <source>Neuro-oncology</source>
        <translation>신경종양</translation>
    </message>
    <message>
        <source>Skull base and pituitary</source>
        <translation>두개저, 뇌하수체</translation>
    </message>
    <message>
        <source>Paediatric neurosurgery</source>
        <translation>소아신경외과</translation>
    </message>
    <message>
        <source>Epilepsy surgery</source>
        <translation>뇌전증 수술</translation>
    </message>
    <message>
        <source>Neurovascular</source>
        <translation>신경혈관</translation>
    </message>
    <message>
        <source>Thoracic</source>
        <translation>흉부</translation>
    </message>
    <message>
        <source>Liver and bile</source>
        <translation>간담도</translation>
    </message>
    <message>
        <source>Radiosurgery or proton therapy</source>
        <translation>방사선수술 또는 양성자 치료</translation>
    </message>
    <message>
        <source>South Korea</source>
        <translation>대한민국</translation>
    </message>
    <message>
        <source>%1 ml</source>
        <translation>%1 ml</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>about a second</source>
        <translation>약 1초</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>약 %1초</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>약 %1분</translation>
    </message>
    <message>
        <source>None of the chosen symptoms points to a region of the brain.</source>
        <translation>고른 증상 가운데 뇌의 부위를 가리키는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The main region fits, but every symptom with a side points to the other half of the brain.</source>
        <translation>주된 부위는 맞지만, 쪽이 있는 모든 증상이 뇌의 반대쪽을 가리킵니다.</translation>
    </message>
    <message>
        <source>The region with the largest part of the mask is strongly suggested by the symptoms.</source>
        <translation>마스크의 가장 큰 부분이 있는 부위를 증상이 강하게 가리킵니다.</translation>
    </message>
    <message>
        <source>A smaller part of the mask fits, or the main region fits weakly.</source>
        <translation>마스크의 작은 부분이 맞거나, 주된 부위가 약하게 맞습니다.</translation>
    </message>
    <message>
        <source>The symptoms point to a region outside the mask. Look again, there and at the mask.</source>
        <translation>증상이 마스크 밖의 부위를 가리킵니다. 그곳과 마스크를 다시 보십시오.</translation>
    </message>
    <message>
        <source>Some links exist, but none is strong enough to decide.</source>
        <translation>연결은 있으나 결정할 만큼 강한 것은 없습니다.</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>The place is known; no symptom was entered</source>
        <translation>위치를 알아냈고, 입력된 증상은 없습니다</translation>
    </message>
    <message>
        <source>Frontal lobe</source>
        <translation>전두엽</translation>
    </message>
    <message>
        <source>Parietal lobe</source>
        <translation>두정엽</translation>
    </message>
    <message>
        <source>Temporal lobe</source>
        <translation>측두엽</translation>
    </message>
    <message>
        <source>Occipital lobe</source>
        <translation>후두엽</translation>
    </message>
    <message>
        <source>Insula</source>
        <translation>섬엽</translation>
    </message>
    <message>
        <source>Cingulate gyrus</source>
        <translation>띠이랑</translation>
    </message>
    <message>
        <source>Basal ganglia</source>
        <translation>바닥핵</translation>
    </message>
    <message>
        <source>Thalamus</source>
        <translation>시상</translation>
    </message>
    <message>
        <source>Cerebellum</source>
        <translation>소뇌</translation>
    </message>
    <message>
        <source>Brainstem</source>
        <translation>뇌줄기</translation>
    </message>
    <message>
        <source>Sellar region (approximate)</source>
        <translation>안장 부위 (근사)</translation>
    </message>
    <message>
        <source>Hypothalamus (approximate)</source>
        <translation>시상하부 (근사)</translation>
    </message>
    <message>
        <source>Pineal region (approximate)</source>
        <translation>솔방울샘 부위 (근사)</translation>
    </message>
    <message>
        <source>Ventricles</source>
        <translation>뇌실</translation>
    </message>
    <message>
        <source>Corpus callosum</source>
        <translation>뇌들보</translation>
    </message>
    <message>
        <source>Cerebellopontine angle (approximate)</source>
        <translation>소뇌다리뇌각 (근사)</translation>
    </message>
    <message>
        <source>Motor strip</source>
        <translation>운동 피질</translation>
    </message>
    <message>
        <source>Broca&apos;s area</source>
        <translation>브로카 영역</translation>
    </message>
    <message>
        <source>Wernicke&apos;s area (approximate)</source>
        <translation>베르니케 영역 (근사)</translation>
    </message>
    <message>
        <source>Internal capsule</source>
        <translation>속섬유막</translation>
    </message>
    <message>
        <source>Optic radiation</source>
        <translation>시각 부챗살</translation>
    </message>
    <message>
        <source>Preparing the brain atlas</source>
        <translation>뇌 아틀라스를 준비하는 중</translation>
    </message>
    <message>
        <source>Registering the case to the brain template</source>
        <translation>증례를 뇌 표준틀에 정합하는 중</translation>
    </message>
    <message>
        <source>Reading images</source>
        <translation>영상을 읽는 중</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>비교하는 중</translation>
    </message>
    <message>
        <source>Looking through the folder</source>
        <translation>폴더를 살펴보는 중</translation>
    </message>
    <message>
        <source>Growing from the seeds</source>
        <translation>씨앗에서 자라게 하는 중</translation>
    </message>
    <message>
        <source>Shaping a brain</source>
        <translation>뇌를 빚는 중</translation>
    </message>
    <message>
        <source>Growing a tumour</source>
        <translation>종양을 키우는 중</translation>
    </message>
    <message>
        <source>Taking pictures</source>
        <translation>영상을 찍는 중</translation>
    </message>
    <message>
        <source>Projecting the vessels</source>
        <translation>혈관을 투영하는 중</translation>
    </message>
    <message>
        <source>The brain template file “{file}” is missing. Install Debian&apos;s package {package} (apt install {package}) and try again.</source>
        <translation>뇌 표준틀 파일 “{file}”이(가) 없습니다. 데비안 패키지 {package}를 설치하고(apt install {package}) 다시 하십시오.</translation>
    </message>
    <message>
        <source>The brain template file “{file}” is not the one that Sulcus knows. Reinstall Debian&apos;s package mricron-data and try again.</source>
        <translation>뇌 표준틀 파일 “{file}”은 Sulcus가 아는 것이 아닙니다. 데비안 패키지 mricron-data를 다시 설치하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The mask holds no tumour, so it has no place. Segment the case or draw a mask first.</source>
        <translation>마스크에 종양이 없어 위치도 없습니다. 먼저 분할하거나 마스크를 그리십시오.</translation>
    </message>
    <message>
        <source>It is not known how this case lies in the brain template. Register it to the template first.</source>
        <translation>이 증례가 뇌 표준틀에 어떻게 놓이는지 알 수 없습니다. 먼저 표준틀에 정합하십시오.</translation>
    </message>
    <message>
        <source>The file does not say where left and right are, so no place in the brain is given.</source>
        <translation>파일에 좌우가 적혀 있지 않아 뇌 안의 위치를 말하지 않습니다.</translation>
    </message>
    <message>
        <source>A single slice cannot be placed in the brain template. Open the whole volume.</source>
        <translation>단면 하나는 뇌 표준틀에 놓을 수 없습니다. 전체 볼륨을 여십시오.</translation>
    </message>
    <message>
        <source>This case lies in the scanner&apos;s own space. Its place is known after registration to the template.</source>
        <translation>이 증례는 촬영기 고유의 공간에 있습니다. 표준틀에 정합하면 위치를 알 수 있습니다.</translation>
    </message>
    <message>
        <source>The skull has not been removed from these images, so the place is only known after registration to the template.</source>
        <translation>영상에서 머리뼈가 제거되지 않아, 표준틀에 정합한 뒤에야 위치를 알 수 있습니다.</translation>
    </message>
    <message>
        <source>The brain overlaps the template poorly (Dice {dice}): the place is only a hint until the case is registered.</source>
        <translation>뇌가 표준틀과 잘 겹치지 않습니다(Dice {dice}): 정합하기 전까지 위치는 참고일 뿐입니다.</translation>
    </message>
    <message>
        <source>Turned over, this brain would fit the template better: the directions in the file&apos;s header may be wrong. Check the letters before you trust the place.</source>
        <translation>뒤집으면 이 뇌가 표준틀에 더 잘 맞습니다: 파일 머리글의 방향이 틀렸을 수 있습니다. 위치를 믿기 전에 글자를 확인하십시오.</translation>
    </message>
    <message>
        <source>A good part of the mask lies outside the template&apos;s brain. Its regions are those nearest to it.</source>
        <translation>마스크의 상당 부분이 표준틀의 뇌 밖에 있습니다. 가장 가까운 부위를 적었습니다.</translation>
    </message>
    <message>
        <source>Regions called approximate are boxes in the template, not labels of an atlas.</source>
        <translation>근사라고 적힌 부위는 아틀라스의 라벨이 아니라 표준틀 안의 상자입니다.</translation>
    </message>
    <message>
        <source>The case could not be matched to the brain template well enough (overlap {dice}, shared information {information} bits). The place from the file&apos;s grid, if any, stays a hint.</source>
        <translation>증례를 뇌 표준틀에 충분히 맞추지 못했습니다(겹침 {dice}, 공유 정보 {information}비트). 파일의 격자에서 얻은 위치가 있다면 참고일 뿐입니다.</translation>
    </message>
    <message>
        <source>Registering the case to the brain template failed. The log says what the library reported.</source>
        <translation>증례를 뇌 표준틀에 정합하지 못했습니다. 로그에 라이브러리의 말이 있습니다.</translation>
    </message>
    <message>
        <source>The case has no volume that could be registered to the brain template.</source>
        <translation>증례에 뇌 표준틀에 정합할 볼륨이 없습니다.</translation>
    </message>
    <message>
        <source>The demo case could not be kept in {folder}. Check that the folder can be written and try again.</source>
        <translation>데모 증례를 {folder}에 둘 수 없습니다. 폴더에 쓸 수 있는지 확인하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message>
        <source>The symptoms say nothing about the place</source>
        <translation>증상은 위치를 말해 주지 않습니다</translation>
    </message>
    <message>
        <source>The region agrees, the side does not: check left and right</source>
        <translation>부위는 맞지만 쪽이 다릅니다: 좌우를 확인하십시오</translation>
    </message>
    <message>
        <source>Symptoms and place agree</source>
        <translation>증상과 위치가 맞습니다</translation>
    </message>
    <message>
        <source>Symptoms and place agree in part</source>
        <translation>증상과 위치가 일부 맞습니다</translation>
    </message>
    <message>
        <source>The mask does not explain the symptoms</source>
        <translation>마스크가 증상을 설명하지 못합니다</translation>
    </message>
    <message>
        <source>Hints only</source>
        <translation>약한 암시뿐입니다</translation>
    </message>
    <message>
        <source>says nothing about the side</source>
        <translation>쪽은 말해 주지 않음</translation>
    </message>
    <message>
        <source>the other side of the brain</source>
        <translation>뇌의 반대쪽</translation>
    </message>
    <message>
        <source>the same side of the brain</source>
        <translation>뇌의 같은 쪽</translation>
    </message>
    <message>
        <source>both sides or the midline</source>
        <translation>양쪽 또는 정중선</translation>
    </message>
    <message>
        <source>the hemisphere opposite the writing hand</source>
        <translation>쓰는 손의 반대쪽 반구</translation>
    </message>
    <message>
        <source>the hemisphere on the side of the writing hand</source>
        <translation>쓰는 손과 같은 쪽 반구</translation>
    </message>
    <message>
        <source>the brainstem on the side of the face</source>
        <translation>얼굴과 같은 쪽의 뇌줄기</translation>
    </message>
    <message>
        <source>The largest part of the mask, {percent} % of the whole tumour, lies in this region: {region}.</source>
        <translation>마스크의 가장 큰 부분, 전체 종양의 {percent} %가 이 부위에 있습니다: {region}.</translation>
    </message>
    <message>
        <source>The mask lies in no region of the atlas, so there is no place to compare with.</source>
        <translation>마스크가 아틀라스의 어느 부위에도 없어 비교할 위치가 없습니다.</translation>
    </message>
    <message>
        <source>The tumour core lies mostly elsewhere: {region} ({percent} % of the core). Oedema around it causes symptoms too.</source>
        <translation>종양 핵심부는 주로 다른 곳에 있습니다: {region} (핵심부의 {percent} %). 둘레의 부종도 증상을 일으킵니다.</translation>
    </message>
    <message>
        <source>The mask lies on the left ({percent} %).</source>
        <translation>마스크는 왼쪽에 있습니다({percent} %).</translation>
    </message>
    <message>
        <source>The mask lies on the right ({percent} %).</source>
        <translation>마스크는 오른쪽에 있습니다({percent} %).</translation>
    </message>
    <message>
        <source>The mask lies on both sides (left {left} %, right {right} %), so the side is not judged.</source>
        <translation>마스크가 양쪽에 있어(왼쪽 {left} %, 오른쪽 {right} %) 쪽은 판정하지 않습니다.</translation>
    </message>
    <message>
        <source>No symptom was entered. Enter symptoms to compare them with the place.</source>
        <translation>입력된 증상이 없습니다. 증상을 입력하면 위치와 비교합니다.</translation>
    </message>
    <message>
        <source>None of the entered symptoms points to a region of the brain.</source>
        <translation>입력된 증상 가운데 뇌의 부위를 가리키는 것이 없습니다.</translation>
    </message>
    <message>
        <source>The main region ({region}) is strongly suggested by: {symptoms}.</source>
        <translation>주된 부위({region})를 강하게 시사하는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>The main region ({region}) is weakly suggested by: {symptoms}.</source>
        <translation>주된 부위({region})를 약하게 시사하는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>No entered symptom points to the main region ({region}).</source>
        <translation>주된 부위({region})를 가리키는 증상이 입력되지 않았습니다.</translation>
    </message>
    <message>
        <source>Every symptom with a side points to the other side. Stop and check left and right: of the images, of the mask and of the symptoms.</source>
        <translation>쪽이 있는 모든 증상이 반대쪽을 가리킵니다. 멈추고 영상, 마스크, 증상의 좌우를 확인하십시오.</translation>
    </message>
    <message>
        <source>These symptoms point to the other side: {symptoms}.</source>
        <translation>반대쪽을 가리키는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>Another region of the mask ({region}) is strongly suggested by: {symptoms}.</source>
        <translation>마스크의 다른 부위({region})를 강하게 시사하는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>Another region of the mask ({region}) is weakly suggested by: {symptoms}.</source>
        <translation>마스크의 다른 부위({region})를 약하게 시사하는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>A region outside the mask ({region}) is strongly suggested by: {symptoms}.</source>
        <translation>마스크 밖의 부위({region})를 강하게 시사하는 증상: {symptoms}.</translation>
    </message>
    <message>
        <source>The symptoms give hints only: no region of the mask and no other region stands out.</source>
        <translation>증상은 암시만 줍니다: 두드러지는 부위가 없습니다.</translation>
    </message>
    <message>
        <source>The writing hand is not known; right-handed is assumed, so language is taken to lie on the left.</source>
        <translation>쓰는 손을 모릅니다; 오른손잡이로 보고 언어가 왼쪽에 있다고 칩니다.</translation>
    </message>
    <message>
        <source>Silent areas exist: the association cortex of the frontal and parietal lobes can hold a large tumour without signs.</source>
        <translation>조용한 영역이 있습니다: 전두엽과 두정엽의 연합 피질에서는 종양이 커도 징후가 없을 수 있습니다.</translation>
    </message>
    <message>
        <source>Raised pressure, distant effects and the spread of seizures can mislead.</source>
        <translation>높아진 뇌압, 먼 곳의 영향, 발작의 퍼짐이 오해를 부를 수 있습니다.</translation>
    </message>
    <message>
        <source>Several lobes share most tasks.</source>
        <translation>여러 엽이 대부분의 일을 나누어 합니다.</translation>
    </message>
    <message>
        <source>The strengths of the links are this program&apos;s reading of the sources, not published numbers.</source>
        <translation>연결의 강도는 이 프로그램이 문헌을 읽은 것이며 발표된 수치가 아닙니다.</translation>
    </message>
    <message>
        <source>For education and research only.</source>
        <translation>교육과 연구 전용입니다.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Necrotic or non-enhancing core</source>
        <translation>괴사 또는 비증강 핵심부</translation>
    </message>
    <message>
        <source>Oedema</source>
        <translation>부종</translation>
    </message>
    <message>
        <source>Enhancing tumour</source>
        <translation>조영 증강 종양</translation>
    </message>
    <message>
        <source>Resection cavity</source>
        <translation>절제 공동</translation>
    </message>
    <message>
        <source>There is not enough memory for this. Close other programs or other cases and try again.</source>
        <translation>메모리가 모자랍니다. 다른 프로그램이나 증례를 닫고 다시 하십시오.</translation>
    </message>
    <message>
        <source>Something went wrong inside the program. Nothing was changed; the log file says more.</source>
        <translation>프로그램 안에서 문제가 생겼습니다. 아무것도 바뀌지 않았습니다; 로그 파일을 보십시오.</translation>
    </message>
    <message>
        <source>The mask “{file}” does not lie on the grid of this case: its size, spacing or direction differ. Choose a mask that was made for this case.</source>
        <translation>마스크 “{file}”은 이 증례의 격자와 다릅니다: 크기, 간격 또는 방향이 다릅니다. 이 증례로 만든 마스크를 고르십시오.</translation>
    </message>
    <message>
        <source>Mask saved to {file}</source>
        <translation>마스크를 {file}에 저장했습니다</translation>
    </message>
    <message>
        <source>Patient and symptoms saved.</source>
        <translation>환자와 증상을 저장했습니다.</translation>
    </message>
    <message>
        <source>Give the patient a pseudonym first (a code, not a name).</source>
        <translation>먼저 환자에게 가명을 주십시오 (이름이 아닌 부호).</translation>
    </message>
    <message>
        <source>Report written to {file}</source>
        <translation>보고서를 {file}에 썼습니다</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>뇌</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>폐</translation>
    </message>
    <message>
        <source>Soft tissue</source>
        <translation>연부 조직</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>간</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>뼈</translation>
    </message>
    <message>
        <source>The match with the brain template is only fair (overlap {dice}): treat the place as a hint.</source>
        <translation>뇌 표준틀과 어느 정도만 맞습니다(겹침 {dice}): 위치는 참고로만 보십시오.</translation>
    </message>
    <message>
        <source>The mask has another grid than the images. Choose the mask that belongs to this case.</source>
        <translation>마스크의 격자가 영상과 다릅니다. 이 증례에 속한 마스크를 고르십시오.</translation>
    </message>
    <message>
        <source>The skull is still in these images, so the fit of the brain itself could not be measured.</source>
        <translation>이 영상에 머리뼈가 남아 있어 뇌 자체가 얼마나 맞는지 잴 수 없었습니다.</translation>
    </message>
    <message>
        <source>There is no bundle “{bundle}”. Known bundles in {folder}: {known}. Name one of them, or give the path of a bundle&apos;s folder.</source>
        <translation>“{bundle}” 묶음이 없습니다. {folder} 폴더에서 찾은 묶음: {known}. 그중 하나의 이름이나 묶음 폴더의 경로를 적으십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” was not found, and there is no bundle at all in {folder}. Give the folder of the bundles with --models, or the path of a bundle&apos;s folder.</source>
        <translation>“{bundle}” 묶음을 찾지 못했고, {folder} 폴더에는 묶음이 하나도 없습니다. --models 옵션으로 묶음들이 든 폴더를 적거나 묶음 폴더의 경로를 적으십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” cannot be written. Check that its folder exists and that you may write there.</source>
        <translation>“{file}” 파일을 쓸 수 없습니다. 그 폴더가 있고 쓸 권한이 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>The hospital directory has no city “{city}”. Give coordinates with --near LATITUDE,LONGITUDE instead.</source>
        <translation>병원 목록에 “{city}”라는 도시가 없습니다. 대신 --near 위도,경도 형식으로 좌표를 적으십시오.</translation>
    </message>
    <message>
        <source>Education and research only, not for diagnosis.</source>
        <translation>교육과 연구 전용이며 진단에 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>These entries are examples to verify with the hospital. A question mark marks a department that is general knowledge and was not seen on a page.</source>
        <translation>이 항목들은 병원에 확인해야 하는 예시입니다. 물음표는 안내 페이지에서 확인하지 않은, 일반적인 지식에 따른 진료과를 뜻합니다.</translation>
    </message>
    <message>
        <source>None of the cases could be used; the answer on standard output gives the reason for each.</source>
        <translation>쓸 수 있는 증례가 없었습니다; 증례마다의 까닭은 표준 출력의 답에 있습니다.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong ({what}). This is a fault of the program; please report it.</source>
        <translation>예상하지 못한 문제가 생겼습니다({what}). 프로그램의 잘못이니 알려 주십시오.</translation>
    </message>
    <message>
        <source>There is no database at “{file}” yet. It is made when the first patient or case is stored.</source>
        <translation>“{file}” 자리에 아직 데이터베이스가 없습니다. 첫 환자나 증례를 저장할 때 만들어집니다.</translation>
    </message>
    <message>
        <source>The columns of “{file}” fit none of the tables. Say which it is with --table patients, symptoms or hospitals.</source>
        <translation>“{file}” 파일의 열이 어느 표와도 맞지 않습니다. --table patients, symptoms, hospitals 가운데 어느 것인지 적으십시오.</translation>
    </message>
    <message>
        <source>There is no case and no image in “{folder}”. Check the path.</source>
        <translation>“{folder}” 폴더에 증례도 영상도 없습니다. 경로를 확인하십시오.</translation>
    </message>
    <message>
        <source>There is no plan “{plan}”. Known plans: {known}. Name one of them, or give the path of a plan file.</source>
        <translation>“{plan}” 계획이 없습니다. 아는 계획: {known}. 그중 하나의 이름이나 계획 파일의 경로를 적으십시오.</translation>
    </message>
    <message>
        <source>There is no prepared cache in “{cache}”, so the training needs --data with folders of cases.</source>
        <translation>“{cache}” 폴더에 준비된 캐시가 없어, 학습하려면 --data 옵션으로 증례 폴더를 적어야 합니다.</translation>
    </message>
    <message>
        <source>The brain template “{file}” is not installed. Install Debian&apos;s package mricron-data and try again.</source>
        <translation>뇌 표준틀 “{file}” 파일이 설치되어 있지 않습니다. 데비안 패키지 mricron-data를 설치하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” could not be made. Choose a place that you may write to.</source>
        <translation>“{folder}” 폴더를 만들 수 없습니다. 쓸 수 있는 곳을 고르십시오.</translation>
    </message>
    <message>
        <source>The click lies outside the image. Click inside it.</source>
        <translation>클릭한 곳이 영상 밖입니다. 영상 안을 클릭하십시오.</translation>
    </message>
    <message>
        <source>The seeds were drawn on another grid than the image. Draw them on this image.</source>
        <translation>씨앗을 이 영상과 다른 격자에 그렸습니다. 이 영상 위에 그리십시오.</translation>
    </message>
    <message>
        <source>Growing needs seeds of at least two labels: one inside and one outside what you want. Paint both, then try again.</source>
        <translation>자라게 하려면 두 가지 이상의 라벨로 된 씨앗이 필요합니다: 하나는 원하는 것의 안에, 하나는 밖에. 둘 다 칠하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is one half of a pair, and the other half, “{partner}”, is missing. Put both into one folder.</source>
        <translation>“{file}” 파일은 두 파일로 된 짝의 한쪽이며, 다른 쪽인 “{partner}” 파일이 없습니다. 둘을 한 폴더에 두십시오.</translation>
    </message>
    <message>
        <source>“{file}” has {count} dimensions; Sulcus shows up to four. Export one volume of it.</source>
        <translation>“{file}” 파일은 차원이 {count}개입니다; Sulcus는 네 개까지 보여 줍니다. 볼륨 하나만 내보내십시오.</translation>
    </message>
    <message>
        <source>“{file}” holds {count} values per voxel that are not colours. Export one of them as an image of its own.</source>
        <translation>“{file}” 파일에는 복셀마다 색이 아닌 값이 {count}개씩 있습니다. 그중 하나를 따로 영상으로 내보내십시오.</translation>
    </message>
    <message>
        <source>“{file}” stores its voxels as a type that Sulcus cannot show. Convert it to 16-bit or floating point numbers.</source>
        <translation>“{file}” 파일의 복셀 값은 Sulcus가 보여 줄 수 없는 형식입니다. 16비트 정수나 부동 소수점 수로 바꾸십시오.</translation>
    </message>
    <message>
        <source>“{file}” holds {count} volumes, so there is no number {wanted}. Choose one from 1 to {count}.</source>
        <translation>“{file}” 파일에는 볼륨이 {count}개 있어 {wanted}번은 없습니다. 1부터 {count}까지에서 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” begins as DICOM but its structure is broken. Get a fresh copy from where it came.</source>
        <translation>“{file}” 파일은 DICOM으로 시작하지만 구조가 깨져 있습니다. 받은 곳에서 새로 구하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is a DICOM directory, a list of other files. Open the folder with the images instead.</source>
        <translation>“{file}” 파일은 다른 파일들의 목록인 DICOM 디렉터리입니다. 대신 영상이 든 폴더를 여십시오.</translation>
    </message>
    <message>
        <source>“{file}” is a radiotherapy object, not a picture. Choose the images it belongs to.</source>
        <translation>“{file}” 파일은 그림이 아니라 방사선 치료 자료입니다. 그 자료가 속한 영상을 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” is a DICOM file without a picture, such as a report. Choose an image of the series.</source>
        <translation>“{file}” 파일은 판독문처럼 그림이 없는 DICOM 파일입니다. 시리즈의 영상을 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” is compressed in a way that Sulcus cannot unpack. Export it uncompressed or as JPEG 2000.</source>
        <translation>“{file}” 파일은 Sulcus가 풀 수 없는 방식으로 압축되어 있습니다. 압축하지 않거나 JPEG 2000으로 내보내십시오.</translation>
    </message>
    <message>
        <source>“{file}” stores its pixels in a form that Sulcus cannot show. Export it with 8 or 16 bits per pixel.</source>
        <translation>“{file}” 파일의 화소는 Sulcus가 보여 줄 수 없는 형식입니다. 화소당 8비트나 16비트로 내보내십시오.</translation>
    </message>
    <message>
        <source>The mask has {size} voxels and the truth {truthSize}, or their voxel size or direction differ. Compare maps of the same grid.</source>
        <translation>마스크의 복셀 수는 {size}, 정답의 복셀 수는 {truthSize}입니다. 이 수나 복셀 크기 또는 방향이 서로 다릅니다. 격자가 같은 라벨 맵을 비교하십시오.</translation>
    </message>
    <message>
        <source>The axes of “{file}” are not at right angles; the nearest right-angled axes are shown, so positions are approximate.</source>
        <translation>“{file}” 파일의 축들이 직각을 이루지 않습니다; 가장 가까운 직각 축으로 보여 주므로 위치는 근사입니다.</translation>
    </message>
    <message>
        <source>“{file}” does not say how large its voxels are. They count as 1 mm, so lengths and volumes are not to be trusted.</source>
        <translation>“{file}” 파일에 복셀의 크기가 적혀 있지 않습니다. 1 mm로 치므로 길이와 부피를 믿지 마십시오.</translation>
    </message>
    <message>
        <source>{count} voxels of “{file}” were no numbers and count as {value}.</source>
        <translation>“{file}” 파일에서 수가 아닌 복셀 {count}개의 값을 {value}(으)로 쳤습니다.</translation>
    </message>
    <message>
        <source>“{file}” holds {count} volumes; number {shown} is shown.</source>
        <translation>“{file}” 파일에는 볼륨이 {count}개 있습니다; {shown}번을 보여 줍니다.</translation>
    </message>
    <message>
        <source>There is no DICOM series in “{folder}”. Choose the folder that holds its files.</source>
        <translation>“{folder}” 폴더에 DICOM 시리즈가 없습니다. 그 파일들이 든 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>“{folder}” holds {count} DICOM series; the largest, “{series}”, is shown. Choose another one from the list of series.</source>
        <translation>“{folder}” 폴더에는 DICOM 시리즈가 {count}개 있습니다; 가장 큰 “{series}” 시리즈를 보여 줍니다. 다른 것은 시리즈 목록에서 고르십시오.</translation>
    </message>
    <message>
        <source>The slice “{file}” has another size than the others of its stack. Take it out of the folder or open it alone.</source>
        <translation>“{file}” 단면의 크기가 같은 묶음의 다른 단면들과 다릅니다. 폴더에서 빼거나 따로 여십시오.</translation>
    </message>
    <message>
        <source>The slices of “{file}” are not evenly spaced (usually {usual} mm, at most {widest} mm). Gaps were filled by interpolation, so details there are not real.</source>
        <translation>“{file}” 단면들의 간격이 고르지 않습니다(보통 {usual} mm, 최대 {widest} mm). 빈 곳을 보간으로 채웠으므로 그곳의 세부는 실제가 아닙니다.</translation>
    </message>
    <message>
        <source>The slices of “{file}” were taken with the scanner tilted by {degrees} degrees. They were straightened, which blurs them a little.</source>
        <translation>“{file}” 단면들은 촬영기를 {degrees}도 기울여 찍은 것입니다. 바로 세웠으므로 조금 흐려졌습니다.</translation>
    </message>
    <message>
        <source>“{file}” is damaged in a way that stops its reader, so it was not opened. Get a fresh copy or convert it with another program.</source>
        <translation>“{file}” 파일이 읽는 프로그램을 멈추게 할 만큼 손상되어 열지 않았습니다. 새로 구하거나 다른 프로그램으로 변환하십시오.</translation>
    </message>
    <message>
        <source>Reading “{file}” took more than {seconds} s of computing, so it was given up: it is very large, or damaged. Convert it to uncompressed NIfTI with another program, or get a fresh copy.</source>
        <translation>“{file}” 파일을 읽는 계산이 {seconds}초를 넘어 그만두었습니다: 매우 크거나 손상된 파일입니다. 다른 프로그램으로 압축하지 않은 NIfTI로 변환하거나 새로 구하십시오.</translation>
    </message>
    <message>
        <source>The weights “{file}” are not the ones that bundle.json describes (field “{field}”). Fetch the bundle again.</source>
        <translation>가중치 “{file}” 파일은 bundle.json에 적힌 것이 아닙니다(“{field}” 항목). 묶음을 다시 받으십시오.</translation>
    </message>
    <message>
        <source>There is no bundle in the folder “{folder}”: it has no bundle.json. Choose a bundle&apos;s own folder.</source>
        <translation>“{folder}” 폴더에 bundle.json이 없어 신경망 묶음이 아닙니다. 묶음 자체의 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The bundle “{file}” has version {version} of the file layout, which this program does not know. Install a newer Sulcus.</source>
        <translation>신경망 묶음 “{file}” 파일은 이 프로그램이 모르는 {version} 판의 형식입니다. 더 새로운 Sulcus를 설치하십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” already holds a prepared cache. Choose an empty folder, or ask to replace it.</source>
        <translation>“{folder}” 폴더에 준비된 캐시가 이미 있습니다. 빈 폴더를 고르거나 바꾸도록 지시하십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” of the prepared cache has the wrong size. Prepare the cache again.</source>
        <translation>준비된 캐시의 “{file}” 파일은 크기가 틀립니다. 캐시를 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” was made for other inputs than the plan&apos;s. Prepare it again with this plan.</source>
        <translation>준비된 캐시 “{folder}” 폴더는 계획과 다른 입력으로 만들어졌습니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” was made at another spacing than the plan&apos;s. Prepare it again with this plan.</source>
        <translation>준비된 캐시 “{folder}” 폴더는 계획과 다른 간격으로 만들어졌습니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The images and labels of “{case}” do not share one grid and the plan&apos;s number of inputs. Check the files of this case.</source>
        <translation>“{case}” 증례의 영상과 라벨은 격자가 서로 다르거나 입력의 수가 계획과 다릅니다. 이 증례의 파일을 확인하십시오.</translation>
    </message>
    <message>
        <source>The run in “{folder}” began with other data, or with other cases held out. Go on with the data and the fold that it began with, or start a new run.</source>
        <translation>“{folder}” 실행은 다른 자료로 시작했거나 다른 증례를 남겨 두었습니다. 시작할 때의 자료와 폴드로 이어서 하거나, 새로 시작하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is a folder or a device, where a file is expected. Choose the file itself.</source>
        <translation>“{file}”은(는) 파일이 아니라 폴더나 장치입니다. 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>Another training is writing in the folder “{folder}”. Wait until it has ended, or choose another run folder.</source>
        <translation>“{folder}” 폴더에는 다른 훈련이 쓰고 있습니다. 끝날 때까지 기다리거나 다른 실행 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The plan asks for {folds} folds, but the data has {patients} patients: some folds would hold out nobody. Lower “folds” in the plan, or add patients.</source>
        <translation>계획의 폴드는 {folds}개인데 자료의 환자는 {patients}명이라 아무도 남지 않는 폴드가 생깁니다. 계획의 “folds”를 줄이거나 환자를 더하십시오.</translation>
    </message>
    <message>
        <source>The checkpoint “{file}” belongs to another plan. Start a new run, or resume with the plan in its run folder.</source>
        <translation>체크포인트 “{file}” 파일은 다른 계획의 것입니다. 실행을 새로 시작하거나, 그 실행 폴더에 있는 계획으로 이어서 하십시오.</translation>
    </message>
    <message>
        <source>“{file}” could not be written. Check that the disk has room and that you may write there.</source>
        <translation>“{file}” 파일을 쓸 수 없습니다. 디스크에 공간이 있고 쓸 권한이 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” could not be read to its end. Check the disk, or copy the file again.</source>
        <translation>“{file}” 파일을 끝까지 읽을 수 없습니다. 디스크를 확인하거나 파일을 다시 복사하십시오.</translation>
    </message>
    <message>
        <source>The image of “{case}” holds nothing but background. Check that the right file was opened.</source>
        <translation>“{case}” 증례의 영상에 배경밖에 없습니다. 맞는 파일을 열었는지 확인하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” needs the input “{input}”, which is not there. Add the file and try again.</source>
        <translation>“{bundle}” 묶음에 필요한 입력 “{input}” 파일이 없습니다. 파일을 더하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” needs an image of {channels} channels on one grid. Check that the case fits the bundle.</source>
        <translation>“{bundle}” 묶음에는 한 격자에 놓인 채널 {channels}개의 영상이 필요합니다. 증례가 묶음에 맞는지 확인하십시오.</translation>
    </message>
    <message>
        <source>The computing library failed. The log has the details; please report this with them.</source>
        <translation>계산 라이브러리에서 문제가 생겼습니다. 자세한 것은 로그에 있으니 함께 알려 주십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” cannot be used: its field “{field}” {problem}. Correct the field and try again.</source>
        <translation>“{file}” 파일을 사용할 수 없습니다. “{field}” 항목의 문제: {problem}. 항목을 고치고 다시 하십시오.</translation>
    </message>
    <message>
        <source>Training stopped at step {step}: the loss is no longer a number. Lower the learning rate and start again.</source>
        <translation>{step}번째 단계에서 학습이 멈추었습니다: 손실이 더는 수가 아닙니다. 학습률을 낮추고 다시 시작하십시오.</translation>
    </message>
    <message>
        <source>No CUDA device was found. Choose the processor instead, or check the graphics driver.</source>
        <translation>CUDA 장치를 찾지 못했습니다. 대신 CPU를 고르거나 그래픽 드라이버를 확인하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” classifies and draws no masks. Choose a segmentation bundle.</source>
        <translation>“{bundle}” 묶음은 분류만 하고 마스크를 그리지 않습니다. 분할 묶음을 고르십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is not JSON. Check that it is the right file and whole.</source>
        <translation>“{file}” 파일은 JSON이 아닙니다. 맞는 파일이고 온전한지 확인하십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” has no training sample left after the split. Add cases or hold out fewer patients.</source>
        <translation>준비된 캐시 “{folder}” 폴더에는 나눈 뒤 학습에 쓸 표본이 남지 않았습니다. 증례를 더하거나 따로 떼어 두는 환자를 줄이십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is not a whole NumPy array. Copy or export it again.</source>
        <translation>“{file}” 파일은 온전한 NumPy 배열이 아닙니다. 다시 복사하거나 내보내십시오.</translation>
    </message>
    <message>
        <source>The NumPy array “{file}” has a layout that is not read here ({type}). Save it in C order with numbers of at most 64 bits.</source>
        <translation>NumPy 배열 “{file}” 파일은 여기서 읽지 않는 배치입니다({type}). C 순서로, 64비트 이하의 수로 저장하십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory for this network and image. Close other programs, or use a smaller image or batch.</source>
        <translation>이 신경망과 영상에 쓸 메모리가 모자랍니다. 다른 프로그램을 닫거나 더 작은 영상이나 배치를 쓰십시오.</translation>
    </message>
    <message>
        <source>The input “{input}” has the same value everywhere. Check that its file is the right one.</source>
        <translation>입력 “{input}” 영상은 어디서나 값이 같습니다. 맞는 파일인지 확인하십시오.</translation>
    </message>
    <message>
        <source>The input “{input}” is missing; the mask was made without it and may be less exact.</source>
        <translation>입력 “{input}” 영상이 없습니다; 그것 없이 마스크를 만들었으므로 덜 정확할 수 있습니다.</translation>
    </message>
    <message>
        <source>FLAIR is missing. It shows oedema best: without it the outer outline may be too small.</source>
        <translation>FLAIR 영상이 없습니다. 부종은 FLAIR에서 가장 잘 보이므로, 바깥 윤곽이 실제보다 작을 수 있습니다.</translation>
    </message>
    <message>
        <source>T1ce is missing. It alone shows what takes up contrast agent: do not trust the enhancing tumour and the core of this mask.</source>
        <translation>T1ce 영상이 없습니다. 조영 증강은 T1ce에서만 보이므로, 이 마스크의 조영 증강 종양과 종양 핵은 믿지 마십시오.</translation>
    </message>
    <message>
        <source>The volume holds pictures of a grey window rather than Hounsfield units. Lungs and liver are found better in the original CT; check the mask.</source>
        <translation>이 볼륨은 하운스필드 단위가 아니라 창으로 잘라낸 그림을 담고 있습니다. 폐와 간은 원본 CT에서 더 잘 찾아집니다. 마스크를 확인하십시오.</translation>
    </message>
    <message>
        <source>The volume has neither Hounsfield units nor a scanner’s raw numbers, so it looks like an MRI, but this bundle expects CT. Do not trust the mask.</source>
        <translation>이 볼륨에는 하운스필드 단위도 스캐너의 원시 값도 없어 MRI처럼 보이지만, 이 묶음은 CT를 기대합니다. 마스크를 믿지 마십시오.</translation>
    </message>
    <message>
        <source>The image has values down to {value}, like a CT in Hounsfield units, but this bundle expects MRI. Do not trust the mask.</source>
        <translation>영상의 값이 {value}까지 내려가 하운스필드 단위의 CT처럼 보이지만, 이 묶음은 MRI를 기대합니다. 마스크를 믿지 마십시오.</translation>
    </message>
    <message>
        <source>Only {percent} % of the box around the head is background, so the skull seems not to be removed. This bundle expects skull-stripped images; do not trust the mask.</source>
        <translation>머리를 둘러싼 상자의 {percent} %만 배경이어서 머리뼈가 제거되지 않은 듯합니다. 이 묶음은 머리뼈를 제거한 영상을 기대합니다; 마스크를 믿지 마십시오.</translation>
    </message>
    <message>
        <source>The sequences {first} and {second} look exchanged. Check the file names before trusting the mask.</source>
        <translation>{first}, {second} 시퀀스가 서로 바뀐 듯합니다. 마스크를 믿기 전에 파일 이름을 확인하십시오.</translation>
    </message>
    <message>
        <source>The weights “{file}” do not fit the network: “{tensor}” is missing or has another shape. Fetch the bundle again.</source>
        <translation>가중치 “{file}” 파일은 신경망과 맞지 않습니다: “{tensor}” 텐서가 없거나 모양이 다릅니다. 묶음을 다시 받으십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is not a whole set of weights. Fetch or write it again.</source>
        <translation>“{file}” 파일은 온전한 가중치가 아닙니다. 다시 받거나 다시 쓰십시오.</translation>
    </message>
    <message>
        <source>Running the network</source>
        <translation>신경망을 실행하는 중</translation>
    </message>
    <message>
        <source>Cleaning up the mask</source>
        <translation>마스크를 다듬는 중</translation>
    </message>
    <message>
        <source>Preparing the image</source>
        <translation>영상을 준비하는 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습하는 중</translation>
    </message>
    <message>
        <source>Pictures cannot be drawn here because no software OpenGL driver was found. Install Debian&apos;s package libgl1-mesa-dri and try again.</source>
        <translation>소프트웨어 OpenGL 드라이버가 없어 여기서는 그림을 그릴 수 없습니다. 데비안 패키지 libgl1-mesa-dri를 설치하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>There is nothing to draw: a picture of {width} x {height} pixels needs a volume and a size between 1 and 16384.</source>
        <translation>그릴 것이 없습니다: {width} x {height} 화소의 그림에는 볼륨 하나와 1부터 16384까지의 크기가 필요합니다.</translation>
    </message>
    <message>
        <source>The picture could not be drawn. The log has the graphics driver&apos;s reason.</source>
        <translation>그림을 그릴 수 없습니다. 그래픽 드라이버가 밝힌 까닭은 로그에 있습니다.</translation>
    </message>
    <message>
        <source>The 3-D surface could not be built. The slices are not affected.</source>
        <translation>3차원 표면을 만들 수 없습니다. 단면에는 영향이 없습니다.</translation>
    </message>
    <message>
        <source>“{file}” is not a name for a surface file. Use the ending .stl or .ply.</source>
        <translation>“{file}” 이름은 표면 파일의 이름이 아닙니다. .stl이나 .ply로 끝나는 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>The surface could not be written to “{file}”. Check that the folder exists, may be written to and has room.</source>
        <translation>표면을 “{file}” 파일에 쓸 수 없습니다. 폴더가 있고, 쓸 수 있고, 공간이 남았는지 확인하십시오.</translation>
    </message>
    <message>
        <source>Building 3-D surfaces</source>
        <translation>3차원 표면을 만드는 중</translation>
    </message>
    <message>
        <source>The file “{file}” cannot be read as a table. Choose a readable text file below 256 MiB.</source>
        <translation>“{file}” 파일을 표로 읽을 수 없습니다. 256 MiB보다 작은, 읽을 수 있는 텍스트 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is not UTF-8 text. Save it as “CSV UTF-8” and try again.</source>
        <translation>“{file}” 파일은 UTF-8 텍스트가 아닙니다. “CSV UTF-8” 형식으로 저장하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” cannot be written. Choose a folder in which you may write, with space left.</source>
        <translation>“{file}” 파일을 쓸 수 없습니다. 쓸 수 있고 공간이 남은 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>Another program holds the database “{file}”. Close the other Sulcus window or command and try again.</source>
        <translation>다른 프로그램이 데이터베이스 “{file}” 파일을 사용하고 있습니다. 다른 Sulcus 창이나 명령을 닫고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” is of version {found}, and this program knows versions up to {known}. Use a newer Sulcus, or choose another database.</source>
        <translation>데이터베이스 “{file}” 파일은 {found} 판이고, 이 프로그램은 {known} 판까지 압니다. 더 새로운 Sulcus를 쓰거나 다른 데이터베이스를 고르십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is not a database. Choose another file, or restore a backup.</source>
        <translation>“{file}” 파일은 데이터베이스가 아닙니다. 다른 파일을 고르거나 백업을 되살리십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” belongs to another program. Choose another file; nothing was changed in it.</source>
        <translation>데이터베이스 “{file}” 파일은 다른 프로그램의 것입니다. 다른 파일을 고르십시오; 그 안에서 아무것도 바꾸지 않았습니다.</translation>
    </message>
    <message>
        <source>The database “{file}” is damaged. Restore a backup; the damaged file is kept beside it.</source>
        <translation>데이터베이스 “{file}” 파일이 손상되었습니다. 백업을 되살리십시오; 손상된 파일은 그 옆에 남겨 둡니다.</translation>
    </message>
    <message>
        <source>The database “{file}” has {faults} faults. Restore a backup.</source>
        <translation>데이터베이스 “{file}” 파일에 결함이 {faults}개 있습니다. 백업을 되살리십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” cannot be written. Check that you may write in the folder “{folder}”.</source>
        <translation>데이터베이스 “{file}” 파일을 쓸 수 없습니다. “{folder}” 폴더에 쓸 권한이 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>There is no space left for the database “{file}”. Free some space and try again.</source>
        <translation>데이터베이스 “{file}” 파일에 쓸 공간이 남지 않았습니다. 공간을 비우고 다시 하십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory to work on the database “{file}”. Close other programs and try again.</source>
        <translation>데이터베이스 “{file}” 파일을 다룰 메모리가 모자랍니다. 다른 프로그램을 닫고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” could not do this. The log says more; run “sulcus-cli db check”.</source>
        <translation>데이터베이스 “{file}” 파일에서 이 일을 하지 못했습니다. 자세한 것은 로그에 있습니다; “sulcus-cli db check” 명령을 실행하십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” could not be brought to this program&apos;s version (step {step}). It is as it was; report this with the log.</source>
        <translation>데이터베이스 “{file}” 파일을 이 프로그램의 판으로 올리지 못했습니다({step} 단계). 파일은 그대로입니다; 로그와 함께 알려 주십시오.</translation>
    </message>
    <message>
        <source>The backup and the database are the same file: “{file}”. Choose the backup to restore.</source>
        <translation>백업과 데이터베이스가 같은 “{file}” 파일입니다. 되살릴 백업을 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” is the database itself. Choose another file for the backup.</source>
        <translation>“{file}” 파일은 데이터베이스 자체입니다. 백업에 쓸 다른 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The hospital cannot be saved: check its {field}.</source>
        <translation>병원을 저장할 수 없습니다. 확인할 항목: {field}.</translation>
    </message>
    <message>
        <source>There is no hospital “{id}” in the directory.</source>
        <translation>병원 목록에 “{id}” 병원이 없습니다.</translation>
    </message>
    <message>
        <source>A patient needs a pseudonym. Enter one.</source>
        <translation>환자에게 가명이 필요합니다. 입력하십시오.</translation>
    </message>
    <message>
        <source>Another patient has this pseudonym. Choose another one, or open that patient.</source>
        <translation>다른 환자가 이 가명을 쓰고 있습니다. 다른 가명을 고르거나 그 환자를 여십시오.</translation>
    </message>
    <message>
        <source>The year of birth must have four digits, or be empty.</source>
        <translation>태어난 해는 네 자리 수이거나 비어 있어야 합니다.</translation>
    </message>
    <message>
        <source>The sex must be female, male, other or empty.</source>
        <translation>성별은 female(여성), male(남성), other(기타) 가운데 하나이거나 비어 있어야 합니다.</translation>
    </message>
    <message>
        <source>This patient is not in the database (any more).</source>
        <translation>이 환자는 데이터베이스에 없거나 더는 없습니다.</translation>
    </message>
    <message>
        <source>This patient is in the database already.</source>
        <translation>이 환자는 이미 데이터베이스에 있습니다.</translation>
    </message>
    <message>
        <source>One of the patient&apos;s cases belongs to another patient now. Take it from that patient first.</source>
        <translation>이 환자의 증례 하나가 이제 다른 환자의 것입니다. 먼저 그 환자에게서 빼십시오.</translation>
    </message>
    <message>
        <source>The date must be an existing day written as year-month-day, for example 2024-05-31.</source>
        <translation>날짜는 실제로 있는 날이어야 하고 년-월-일로 적어야 합니다. 예: 2024-05-31.</translation>
    </message>
    <message>
        <source>One of the symptoms is not in the list. Choose symptoms from the list.</source>
        <translation>증상 하나가 목록에 없습니다. 목록에서 증상을 고르십시오.</translation>
    </message>
    <message>
        <source>One symptom is entered twice. Keep one entry and set its side to both if needed.</source>
        <translation>증상 하나가 두 번 입력되었습니다. 하나만 남기고, 필요하면 쪽을 양쪽으로 정하십시오.</translation>
    </message>
    <message>
        <source>The severity must be unknown, mild, moderate or severe (0 to 3).</source>
        <translation>정도는 모름, 가벼움, 중간, 심함(0부터 3까지) 가운데 하나여야 합니다.</translation>
    </message>
    <message>
        <source>This visit is not in the database (any more).</source>
        <translation>이 방문은 데이터베이스에 없거나 더는 없습니다.</translation>
    </message>
    <message>
        <source>This case is not in the database (any more).</source>
        <translation>이 증례는 데이터베이스에 없거나 더는 없습니다.</translation>
    </message>
    <message>
        <source>A case needs a name and a path to be remembered.</source>
        <translation>증례를 기억하려면 이름과 경로가 필요합니다.</translation>
    </message>
    <message>
        <source>This case belongs to a patient and stays until it is taken from them.</source>
        <translation>이 증례는 환자의 것이며, 그 환자에게서 빼기 전까지 남습니다.</translation>
    </message>
    <message>
        <source>This entry is not in the database (any more).</source>
        <translation>이 항목은 데이터베이스에 없거나 더는 없습니다.</translation>
    </message>
    <message>
        <source>The table “{file}” has no column “{column}”. Add it to the first line and try again.</source>
        <translation>“{file}” 표에 “{column}” 열이 없습니다. 첫 줄에 더하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>Cases come into the database by opening them, not from the table “{file}”. Use an archive to move them.</source>
        <translation>증례는 “{file}” 표에서 가져오지 않고, 열 때 데이터베이스에 들어갑니다. 옮기려면 보관 파일을 쓰십시오.</translation>
    </message>
    <message>
        <source>The field “{column}” is missing or not understood.</source>
        <translation>“{column}” 항목이 없거나 알 수 없는 값입니다.</translation>
    </message>
    <message>
        <source>The entry exists with other values. Import with update to change it.</source>
        <translation>이 항목은 다른 값으로 이미 있습니다. 바꾸려면 update 옵션으로 가져오십시오.</translation>
    </message>
    <message>
        <source>There is no patient of that pseudonym. Import the patients first.</source>
        <translation>그 가명의 환자가 없습니다. 먼저 환자를 가져오십시오.</translation>
    </message>
    <message>
        <source>The line has {found} fields instead of {expected}, or a quotation mark that does not match.</source>
        <translation>이 줄의 항목은 {expected}개가 아니라 {found}개이거나, 짝이 맞지 않는 따옴표가 있습니다.</translation>
    </message>
    <message>
        <source>The file “{file}” is not an archive of this program. Choose a file that “export” wrote.</source>
        <translation>“{file}” 파일은 이 프로그램의 보관 파일이 아닙니다. “export” 명령이 쓴 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The archive “{file}” is of version {found}, and this program reads versions up to {known}. Use a newer Sulcus.</source>
        <translation>“{file}” 보관 파일은 {found} 판이고, 이 프로그램은 {known} 판까지 읽습니다. 더 새로운 Sulcus를 쓰십시오.</translation>
    </message>
    <message>
        <source>Reading the table</source>
        <translation>표를 읽는 중</translation>
    </message>
    <message>
        <source>Writing the table</source>
        <translation>표를 쓰는 중</translation>
    </message>
    <message>
        <source>The table of metrics “{file}” does not exist. Check the path, or train first.</source>
        <translation>지표 표 “{file}” 파일이 없습니다. 경로를 확인하거나 먼저 학습하십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is no table of metrics: it needs a heading line and at least one row, separated by commas.</source>
        <translation>“{file}” 파일은 지표 표가 아닙니다: 쉼표로 나눈 제목 줄과 한 줄 이상의 값이 필요합니다.</translation>
    </message>
    <message>
        <source>The table holds no losses and no scores, so there is nothing to draw. Choose the metrics.csv of a training.</source>
        <translation>표에 손실도 점수도 없어 그릴 것이 없습니다. 학습의 metrics.csv 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” does not exist, so “{file}” cannot be written there. Create it or choose another.</source>
        <translation>“{folder}” 폴더가 없어 “{file}” 파일을 그곳에 쓸 수 없습니다. 만들거나 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The mask has another size than the images of the case “{case}”, so no report can be drawn. Choose a mask that was made for this case.</source>
        <translation>마스크의 크기가 “{case}” 증례의 영상과 달라 보고서를 그릴 수 없습니다. 이 증례로 만든 마스크를 고르십시오.</translation>
    </message>
    <message>
        <source>Pictures need a QGuiApplication. This is a fault of the program; please report it.</source>
        <translation>그림을 그리려면 QGuiApplication이 필요합니다. 프로그램의 잘못이니 알려 주십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” could not be written: {reason}. Check that there is room and that you may write there, or choose another place.</source>
        <translation>“{file}” 파일을 쓸 수 없습니다: {reason}. 공간이 있고 쓸 권한이 있는지 확인하거나 다른 곳을 고르십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory to paint the report. Close other programs and try again.</source>
        <translation>보고서를 그릴 메모리가 모자랍니다. 다른 프로그램을 닫고 다시 하십시오.</translation>
    </message>
    <message>
        <source>A report cannot be painted at {dpi} dots per inch. Choose a resolution between 36 and 600.</source>
        <translation>인치당 {dpi}점으로는 보고서를 그릴 수 없습니다. 36부터 600까지의 해상도를 고르십시오.</translation>
    </message>
    <message>
        <source>The report “{file}” has no name that says what to write. End it in .png or .pdf.</source>
        <translation>보고서 “{file}” 파일의 이름에 무엇을 쓸지가 없습니다. .png나 .pdf로 끝나는 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>신경망을 불러오는 중</translation>
    </message>
    <message>
        <source>Loading the atlas</source>
        <translation>아틀라스를 불러오는 중</translation>
    </message>
    <message>
        <source>Finding the place in the brain</source>
        <translation>뇌 안의 위치를 찾는 중</translation>
    </message>
    <message>
        <source>Gathering the report</source>
        <translation>보고서를 모으는 중</translation>
    </message>
    <message>
        <source>The case “{case}” has none of the images that the bundle “{bundle}” reads ({inputs}). Choose another bundle or another case.</source>
        <translation>“{case}” 증례에는 “{bundle}” 묶음이 읽는 영상이 하나도 없습니다({inputs}). 다른 묶음이나 다른 증례를 고르십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” does {task}, so it cannot draw a mask. Choose a segmentation bundle.</source>
        <translation>“{bundle}” 묶음이 하는 일({task})로는 마스크를 그릴 수 없습니다. 분할 묶음을 고르십시오.</translation>
    </message>
    <message>
        <source>The case “{case}” has no truth file to compare with: X_seg, or MASK_x beside IMG_x (X_mask counts as a mask that was saved). Add one, or leave the case out.</source>
        <translation>증례 “{case}”에 비교할 정답 파일이 없습니다: X_seg, 또는 IMG_x 옆의 MASK_x (X_mask는 저장된 마스크로 봅니다). 정답을 더하거나 이 증례를 빼십시오.</translation>
    </message>
    <message>
        <source>The mask is empty, so there is no place to look up. Segment the case first or choose another mask.</source>
        <translation>마스크가 비어 있어 찾아볼 위치가 없습니다. 먼저 증례를 분할하거나 다른 마스크를 고르십시오.</translation>
    </message>
    <message>
        <source>The mask has {size}, but the case “{case}” has {case_size}. Choose a mask that was made for this case.</source>
        <translation>마스크의 격자는 {size}, “{case}” 증례의 격자는 {case_size}입니다. 이 증례로 만든 마스크를 고르십시오.</translation>
    </message>
    <message>
        <source>The mask file states another origin than the case; size, spacing and direction agree, so it was read on the case&apos;s grid.</source>
        <translation>마스크 파일에 적힌 원점이 증례와 다릅니다; 크기, 간격, 방향은 같아 증례의 격자로 읽었습니다.</translation>
    </message>
    <message>
        <source>The network of the bundle “{bundle}” gave a mask of another size than the case. This is a fault of the program; please report it.</source>
        <translation>“{bundle}” 묶음의 신경망이 증례와 크기가 다른 마스크를 내놓았습니다. 프로그램의 잘못이니 알려 주십시오.</translation>
    </message>
    <message>
        <source>No case was given to evaluate. Name at least one case folder.</source>
        <translation>평가할 증례를 주지 않았습니다. 증례 폴더를 하나 이상 적으십시오.</translation>
    </message>
    <message>
        <source>{percent} % of this CT's tissue is bone, as in a head. “{bundle}” was made for the trunk: what it marked here means nothing.</source>
        <translation>이 CT 조직의 {percent} %가 뼈로, 머리와 같습니다. “{bundle}”은(는) 몸통용이므로 여기에 표시한 것은 의미가 없습니다.</translation>
    </message>
    <message>
        <source>The network “{bundle}” found nothing in this case: the mask is empty.</source>
        <translation>신경망 “{bundle}” 묶음은 이 증례에서 아무것도 찾지 못했습니다: 마스크가 비어 있습니다.</translation>
    </message>
    <message>
        <source>“{case}” is a single coronal or sagittal slice, which the network “{bundle}” cannot read. Open an axial slice, or the whole volume.</source>
        <translation>“{case}” 증례는 관상면 또는 시상면 한 장이어서 신경망 “{bundle}”이(가) 읽을 수 없습니다. 축상면 한 장이나 볼륨 전체를 여십시오.</translation>
    </message>
    <message>
        <source>There is not enough memory to prepare the case “{case}” for the network. Close other programs and try again.</source>
        <translation>신경망에 넣을 “{case}” 증례를 준비할 메모리가 모자랍니다. 다른 프로그램을 닫고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The database knows no patient “{patient}”. Check the spelling, or add the patient first.</source>
        <translation>데이터베이스에 “{patient}” 환자가 없습니다. 철자를 확인하거나 먼저 환자를 더하십시오.</translation>
    </message>
    <message>
        <source>A report needs an open case and a mask. Open a case and segment it first.</source>
        <translation>보고서에는 열린 증례와 마스크가 필요합니다. 먼저 증례를 열고 분할하십시오.</translation>
    </message>
    <message>
        <source>The symptom “{symptom}” is not in the knowledge tables. Did you mean one of these: {nearest}?</source>
        <translation>“{symptom}” 증상은 지식 표에 없습니다. 혹시 이 가운데 하나입니까: {nearest}?</translation>
    </message>
    <message>
        <source>The truth has {size}, but the case “{case}” has {case_size}. Choose the truth of this case.</source>
        <translation>정답의 격자는 {size}, “{case}” 증례의 격자는 {case_size}입니다. 이 증례의 정답을 고르십시오.</translation>
    </message>
    <message>
        <source>Preparing training data</source>
        <translation>학습 자료를 준비하는 중</translation>
    </message>
    <message>
        <source>There is nothing to learn from in “{folder}”. Known layouts: folders of BraTS cases with a truth; 2d_images with 2d_masks; IMG_ with MASK_ files; _orig with _liver files; image_u8 with label_u8 NumPy arrays.</source>
        <translation>“{folder}” 폴더에 학습에 쓸 것이 없습니다. 아는 구성: 정답이 있는 BraTS 증례 폴더들; 2d_images와 2d_masks; IMG_ 파일과 MASK_ 파일; _orig 파일과 _liver 파일; NumPy 배열 image_u8과 label_u8.</translation>
    </message>
    <message>
        <source>There is no folder “{folder}”. Check the path of the training data.</source>
        <translation>“{folder}” 폴더가 없습니다. 학습 자료의 경로를 확인하십시오.</translation>
    </message>
    <message>
        <source>“{file}” holds no line of the form name,patient below its heading.</source>
        <translation>“{file}” 파일의 제목 줄 아래에 name,patient 형식의 줄이 없습니다.</translation>
    </message>
    <message>
        <source>The table of patients “{file}” does not exist. Check the path and try again.</source>
        <translation>환자 표 “{file}” 파일이 없습니다. 경로를 확인하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The arrays “{file}” and “{other}” do not fit each other: [N, rows, columns] or [N, channels, i, j, k] is expected with labels of the same size.</source>
        <translation>배열 “{file}” 파일과 “{other}” 파일이 서로 맞지 않습니다: [N, rows, columns] 또는 [N, channels, i, j, k] 모양과 같은 크기의 라벨이어야 합니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: its patches are z-scores of the brain, and the plan has another normalisation than zscore_nonzero.</source>
        <translation>“{name}” 항목을 뺐습니다: 조각들이 뇌의 z-점수인데 계획의 정규화가 zscore_nonzero가 아닙니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: it has another number of channels or dimensions than the plan.</source>
        <translation>“{name}” 항목을 뺐습니다: 채널이나 차원의 수가 계획과 다릅니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the same image stands in twice.</source>
        <translation>“{name}” 항목을 뺐습니다: 같은 영상이 두 번 들어 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the cache has reached its largest size.</source>
        <translation>“{name}” 항목을 뺐습니다: 캐시가 가장 큰 크기에 이르렀습니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: image and mask have different grids.</source>
        <translation>“{name}” 항목을 뺐습니다: 영상과 마스크의 격자가 다릅니다.</translation>
    </message>
    <message>
        <source>Nothing was left to learn from for the plan “{plan}”: every image was left out.</source>
        <translation>“{plan}” 계획으로 학습할 것이 남지 않았습니다: 모든 영상을 뺐습니다.</translation>
    </message>
    <message>
        <source>Nothing was left to learn from for the plan “{plan}”: the images, “{name}” first of all, have another number of channels or dimensions than the plan. Choose data of the plan's kind.</source>
        <translation>“{plan}” 계획으로 학습할 것이 남지 않았습니다: “{name}” 등의 영상은 채널이나 차원의 수가 계획과 다릅니다. 계획에 맞는 자료를 고르십시오.</translation>
    </message>
    <message>
        <source>Nothing was left to learn from for the plan “{plan}”: too little of the images, “{name}” first of all, is labelled. Check the masks, or lower the plan's least labelled share.</source>
        <translation>“{plan}” 계획으로 학습할 것이 남지 않았습니다: “{name}” 등의 영상은 라벨이 너무 적습니다. 마스크를 확인하거나 계획의 최소 라벨 비율을 낮추십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: too little of it is labelled.</source>
        <translation>“{name}” 항목을 뺐습니다: 라벨을 붙인 곳이 너무 적습니다.</translation>
    </message>
    <message>
        <source>Painting the report</source>
        <translation>보고서를 그리는 중</translation>
    </message>
    <message>
        <source>The file “{file}” does not exist. Check the path and try again.</source>
        <translation>파일 “{file}”이(가) 없습니다. 경로를 확인하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>There is no file or folder “{path}”. Check the path and try again.</source>
        <translation>“{path}”라는 파일이나 폴더가 없습니다. 경로를 확인하고 다시 하십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” does not exist. Create it or choose another one.</source>
        <translation>폴더 “{folder}”이(가) 없습니다. 만들거나 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is empty. Copy or download it again.</source>
        <translation>파일 “{file}”이 비어 있습니다. 다시 복사하거나 내려받으십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” ends before all of its image is there. Copy or download it again.</source>
        <translation>파일 “{file}”이 영상이 다 나오기 전에 끝납니다. 다시 복사하거나 내려받으십시오.</translation>
    </message>
    <message>
        <source>The header of “{file}” makes no sense as an image. Get a fresh copy of the file.</source>
        <translation>“{file}”의 머리글이 영상으로 말이 되지 않습니다. 파일을 새로 구하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is a folder, where an image file was expected. Choose a file inside it.</source>
        <translation>영상 파일이 와야 할 곳에 폴더 “{file}”이 있습니다. 그 안의 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>You may not read “{file}”. Ask its owner for access or copy it to your own folder.</source>
        <translation>“{file}”을 읽을 권한이 없습니다. 주인에게 부탁하거나 자기 폴더로 복사하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is not an image that Sulcus can read. Choose a NIfTI, NRRD, MetaImage, Analyze, DICOM, TIFF or PNG file.</source>
        <translation>“{file}”은 Sulcus가 읽을 수 있는 영상이 아닙니다. NIfTI, NRRD, MetaImage, Analyze, DICOM, TIFF, PNG 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” is not a label map: it holds values other than whole numbers from 0 to 255. Choose a segmentation file.</source>
        <translation>“{file}”은 라벨 맵이 아닙니다: 0부터 255까지의 정수가 아닌 값이 있습니다. 분할 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>“{file}” is too large for this computer: {size} voxels need {needed} of memory and {available} are free. Close other programs or use a smaller image.</source>
        <translation>“{file}”은 이 컴퓨터에 너무 큽니다: 복셀 {size}개에 메모리 {needed}가 필요하고 {available}이 남았습니다. 다른 프로그램을 닫거나 작은 영상을 쓰십시오.</translation>
    </message>
    <message>
        <source>Sulcus cannot write “{file}”. Use a name that ends in .nii, .nii.gz, .nrrd or .mha.</source>
        <translation>Sulcus는 “{file}”을 쓸 수 없습니다. .nii, .nii.gz, .nrrd, .mha로 끝나는 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>“{file}” could not be written. Check that the folder may be written to and has space left.</source>
        <translation>“{file}”을 쓸 수 없습니다. 폴더에 쓸 수 있고 공간이 남았는지 확인하십시오.</translation>
    </message>
    <message>
        <source>There is no image in “{folder}”. A BraTS folder holds NAME_flair, NAME_t1, NAME_t1ce and NAME_t2 (or NAME-t2f, NAME-t1n, NAME-t1c and NAME-t2w) as .nii or .nii.gz. Eight-view angiography is a folder of eight pictures for each patient, beside a table (CSV) with the columns Index and Aneurysm.</source>
        <translation>“{folder}”에 영상이 없습니다. BraTS 폴더에는 NAME_flair, NAME_t1, NAME_t1ce, NAME_t2 (또는 NAME-t2f, NAME-t1n, NAME-t1c, NAME-t2w)가 .nii 또는 .nii.gz로 있습니다. 여덟 방향 혈관조영은 환자마다 그림 여덟 장이 든 폴더이고, 그 옆에 Index와 Aneurysm 열이 있는 표(CSV)가 있습니다.</translation>
    </message>
    <message>
        <source>“{folder}” holds only the segmentation “{file}” and no MRI sequence. Put the flair, t1, t1ce and t2 files beside it.</source>
        <translation>“{folder}”에는 분할 “{file}”만 있고 MRI 시퀀스가 없습니다. flair, t1, t1ce, t2 파일을 옆에 두십시오.</translation>
    </message>
    <message>
        <source>“{folder}” holds the files of {count} cases at once. Give each case a folder of its own.</source>
        <translation>“{folder}”에 증례 {count}개의 파일이 함께 있습니다. 증례마다 폴더를 따로 두십시오.</translation>
    </message>
    <message>
        <source>“{folder}” holds {count} images and none is named as a BraTS sequence. Open one of the files.</source>
        <translation>“{folder}”에 영상이 {count}개 있고 BraTS 시퀀스 이름이 없습니다. 파일 하나를 여십시오.</translation>
    </message>
    <message>
        <source>“{folder}” is no case itself. Case folders in it: {count}. Open one of them.</source>
        <translation>“{folder}” 자체는 증례가 아닙니다. 그 안의 증례 폴더: {count}개. 그중 하나를 여십시오.</translation>
    </message>
    <message>
        <source>“{file}” has {size} voxels and “{other}” has {otherSize}. The sequences of a case must share one grid; resample one of them.</source>
        <translation>“{file}”은 복셀이 {size}개이고 “{other}”은 {otherSize}개입니다. 증례의 시퀀스는 격자가 같아야 합니다; 하나를 다시 표본화하십시오.</translation>
    </message>
    <message>
        <source>“{file}” and “{other}” both have {size} voxels but differ in voxel size or direction. The sequences of a case must share one grid; resample one of them.</source>
        <translation>“{file}”과 “{other}”은 복셀 수가 {size}로 같지만 복셀 크기나 방향이 다릅니다. 증례의 시퀀스는 격자가 같아야 합니다; 하나를 다시 표본화하십시오.</translation>
    </message>
    <message>
        <source>“{file}” says it lies elsewhere than “{other}”; the two have the same grid, so they were laid upon each other.</source>
        <translation>“{file}”은 “{other}”과 다른 곳에 있다고 적혀 있습니다; 격자가 같아 서로 겹쳐 놓았습니다.</translation>
    </message>
    <message>
        <source>The truth file “{file}” could not be read as a segmentation, so the case was opened without it.</source>
        <translation>정답 파일 “{file}”을 분할로 읽을 수 없어 정답 없이 열었습니다.</translation>
    </message>
    <message>
        <source>The truth file “{file}” ({size} voxels) does not fit “{other}” ({otherSize}), so the case was opened without it.</source>
        <translation>정답 파일 “{file}”({size} 복셀)이 “{other}”({otherSize})과 맞지 않아 정답 없이 열었습니다.</translation>
    </message>
    <message>
        <source>The truth file “{file}” has voxels of {spacing} mm and “{other}” of {otherSpacing} mm, so the case was opened without it. Resample it onto the images.</source>
        <translation>정답 파일 “{file}”의 복셀 크기는 {spacing} mm이고 “{other}”은 {otherSpacing} mm여서 정답 없이 열었습니다. 정답을 영상의 격자로 다시 표본화하십시오.</translation>
    </message>
    <message>
        <source>By its header, the truth file “{file}” does not have its axes where “{other}” has them, so the case was opened without it. Resample it onto the images.</source>
        <translation>머리글에 따르면 정답 파일 “{file}”의 축 방향이 “{other}”과 달라 정답 없이 열었습니다. 정답을 영상의 격자로 다시 표본화하십시오.</translation>
    </message>
    <message>
        <source>The truth file “{file}” is stored along other axes ({axes}) than “{other}” ({otherAxes}) and by its header lies elsewhere, so the case was opened without it. If their voxels are stored alike, give it the header of “{other}”.</source>
        <translation>정답 파일 “{file}”은 “{other}”({otherAxes})과 다른 축 순서({axes})로 저장되어 있고 머리글에 따르면 다른 곳에 있어 정답 없이 열었습니다. 복셀이 같은 순서로 저장되어 있다면 “{other}”의 머리글을 정답 파일에 넣으십시오.</translation>
    </message>
    <message>
        <source>The labels in “{file}” follow another BraTS year than the file names; the labels were believed.</source>
        <translation>“{file}”의 라벨은 파일 이름과 다른 해의 BraTS를 따릅니다; 라벨을 믿었습니다.</translation>
    </message>
    <message>
        <source>“{file}” has labels 4 and no 3. By its name 4 is the resection cavity, as since BraTS 2023. If it is the enhancing tumour, as up to 2021, name the files _flair, _t1, _t1ce, _t2 and _seg.</source>
        <translation>“{file}”에는 라벨 4만 있고 3은 없습니다. 파일 이름대로라면 4는 BraTS 2023부터의 절제 공동입니다. 2021년까지처럼 조영 증강 종양이라면 파일 이름을 _flair, _t1, _t1ce, _t2, _seg로 바꾸십시오.</translation>
    </message>
    <message>
        <source>The {sequence} sequence of “{case}” is missing. The case opens, but the network was trained on all four, so its answer will be less reliable.</source>
        <translation>“{case}”에 {sequence} 시퀀스가 없습니다. 증례는 열리지만 신경망은 네 가지로 학습되어 답을 덜 믿을 수 있습니다.</translation>
    </message>
    <message>
        <source>“{file}” does not say which side is left, so no letters are shown.</source>
        <translation>“{file}”에 어느 쪽이 왼쪽인지 적혀 있지 않아 글자를 보이지 않습니다.</translation>
    </message>
    <message>
        <source>Nothing changed: no voxel is different, or the labels there are locked.</source>
        <translation>바뀐 것이 없습니다. 달라진 복셀이 없거나 그곳의 라벨이 잠겨 있습니다.</translation>
    </message>
    <message>
        <source>There is no label under the click. Click on the mask.</source>
        <translation>클릭한 곳에 라벨이 없습니다. 마스크 위를 클릭하세요.</translation>
    </message>
    <message>
        <source>The mask was changed meanwhile, so the result was dropped. Run it again.</source>
        <translation>그사이 마스크가 바뀌어 결과를 버렸습니다. 다시 실행하세요.</translation>
    </message>
    <message>
        <source>There is no fold {fold}: the plan has the folds 0 to {last}. Choose one of them, or -1 to hold nothing out.</source>
        <translation>폴드 {fold}번은 없습니다. 이 계획의 폴드는 0번부터 {last}번까지입니다. 그중 하나를 고르거나, 아무것도 떼어 두지 않으려면 -1을 고르세요.</translation>
    </message>
    <message>
        <source>The file “{file}” is not a table of training metrics. Choose the run folder of a training.</source>
        <translation>“{file}” 파일은 학습 지표 표가 아닙니다. 학습의 실행 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Since epoch {epoch} the network grows better on its training cases and worse on the validation cases: it begins to learn them by heart. The best weights are kept; you may stop.</source>
        <translation>에포크 {epoch}부터 학습 증례에서는 좋아지고 검증 증례에서는 나빠지고 있습니다. 신경망이 증례를 외우기 시작했습니다. 가장 좋은 가중치는 보관되니 멈춰도 됩니다.</translation>
    </message>
    <message>
        <source>Validating</source>
        <translation>검증하는 중</translation>
    </message>
    <message>
        <source>Training is done: mean {score} {value} at epoch {epoch}. The bundle is in {folder}</source>
        <translation>훈련이 끝났습니다: 에포크 {epoch}에서 평균 {score} {value}. 번들은 {folder}에 있습니다</translation>
    </message>
    <message>
        <source>Training ended by the plan's rule, because validation no longer grew better: mean {score} {value} at epoch {epoch}. The bundle is in {folder}</source>
        <translation>검증이 더 나아지지 않아 계획의 규칙에 따라 훈련이 끝났습니다: 에포크 {epoch}에서 평균 {score} {value}. 번들은 {folder}에 있습니다</translation>
    </message>
    <message>
        <source>Training was stopped. The best weights are kept (mean {score} {value} at epoch {epoch}) in {folder}, with a checkpoint to go on from.</source>
        <translation>훈련을 멈추었습니다. 가장 좋은 가중치(에포크 {epoch}, 평균 {score} {value})가 {folder}에 있고, 이어 할 체크포인트도 있습니다.</translation>
    </message>
    <message>
        <source>Training was stopped before its first epoch ended. The weights as they stand are in {folder}, with a checkpoint to go on from.</source>
        <translation>첫 에포크가 끝나기 전에 훈련을 멈추었습니다. 지금의 가중치가 {folder}에 있고, 이어 할 체크포인트도 있습니다.</translation>
    </message>
    <message>
        <source>Training was left. Its checkpoint is in {folder}: choose the same output folder again to go on.</source>
        <translation>훈련을 떠났습니다. 체크포인트는 {folder}에 있습니다: 이어 하려면 같은 출력 폴더를 다시 고르십시오.</translation>
    </message>
    <message>
        <source>The run in {folder} has had its {steps} steps already, so nothing was trained. Give a larger number of steps to go on.</source>
        <translation>{folder} 실행은 이미 {steps}단계를 마쳐서 훈련한 것이 없습니다. 이어서 하려면 더 큰 단계 수를 주십시오.</translation>
    </message>
    <message>
        <source>For comparison: the darkest spot of the pictures alone reaches AUC {value} on the same held-out patients.</source>
        <translation>비교: 그림에서 가장 어두운 점만으로도 따로 둔 같은 환자들에서 AUC {value}에 이릅니다.</translation>
    </message>
    <message>
        <source>All {folds} folds are trained: mean {score} {value} ± {deviation}. The bundle of the best fold is in {folder}</source>
        <translation>폴드 {folds}개를 모두 훈련했습니다: 평균 {score} {value} ± {deviation}. 가장 좋은 폴드의 번들은 {folder}에 있습니다</translation>
    </message>
    <message>
        <source>Training was stopped after {folds} folds: mean {score} {value} ± {deviation} so far. The bundle of the best fold is in {folder}</source>
        <translation>폴드 {folds}개 뒤에 훈련을 멈추었습니다: 지금까지 평균 {score} {value} ± {deviation}. 가장 좋은 폴드의 번들은 {folder}에 있습니다</translation>
    </message>
    <message>
        <source>The case was opened, and there the chain stopped: {reason}</source>
        <translation>증례를 열었으나 다음 단계에서 멈추었습니다: {reason}</translation>
    </message>
    <message>
        <source>The DICOM pictures of this case are not there any more. Put the folder back and try again.</source>
        <translation>이 증례의 DICOM 영상이 더는 없습니다. 폴더를 되돌려 놓고 다시 해 보십시오.</translation>
    </message>
    <message>
        <source>The mask is empty: a DICOM segmentation needs at least one label.</source>
        <translation>마스크가 비어 있습니다: DICOM 분할에는 라벨이 하나 이상 필요합니다.</translation>
    </message>
    <message>
        <source>“{file}” does not say where it lies, or its size differs from the other pictures, so no DICOM segmentation can refer to it. Save the mask as NIfTI instead.</source>
        <translation>“{file}”에 위치가 적혀 있지 않거나 크기가 다른 영상과 달라 DICOM 분할이 가리킬 수 없습니다. 대신 NIfTI로 저장하십시오.</translation>
    </message>
    <message>
        <source>The DICOM segmentation could not be written to {file}. Check the folder and the space on the disk, then try again.</source>
        <translation>DICOM 분할을 {file}에 쓸 수 없습니다. 폴더와 디스크 공간을 확인하고 다시 해 보십시오.</translation>
    </message>
    <message>
        <source>“{file}” is not a DICOM segmentation that Sulcus can read (binary, with positions).</source>
        <translation>“{file}”은 Sulcus가 읽을 수 있는 DICOM 분할(이진, 위치 포함)이 아닙니다.</translation>
    </message>
    <message>
        <source>Writing the segmentation</source>
        <translation>분할을 쓰는 중</translation>
    </message>
    <message>
        <source>This case is open in another Sulcus as well. No copies of your edits are kept here: save the mask yourself.</source>
        <translation>이 증례가 다른 Sulcus에서도 열려 있습니다. 여기서는 편집 사본을 남기지 않으니 마스크를 직접 저장하십시오.</translation>
    </message>
    <message>
        <source>No copy of your edits could be kept in {file}. Check the space on the disk, and save the mask yourself.</source>
        <translation>편집 사본을 {file}에 남길 수 없습니다. 디스크 공간을 확인하고 마스크를 직접 저장하십시오.</translation>
    </message>
    <message>
        <source>The kept edits do not fit the images of this case any more, so they cannot be restored.</source>
        <translation>남겨 둔 편집이 이 증례의 영상과 더는 맞지 않아 복원할 수 없습니다.</translation>
    </message>
    <message>
        <source>Picture saved to {file}</source>
        <translation>그림을 {file}에 저장했습니다</translation>
    </message>
    <message>
        <source>The picture could not be written to {file}. Choose another folder.</source>
        <translation>그림을 {file}에 쓸 수 없습니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>{count} slices saved into {folder}</source>
        <translation>단면 {count}개를 {folder}에 저장했습니다</translation>
    </message>
    <message>
        <source>Surfaces saved to {file}</source>
        <translation>표면을 {file}에 저장했습니다</translation>
    </message>
    <message>
        <source>DICOM segmentation saved to {file}. Read back, it is the same to the voxel.</source>
        <translation>DICOM 분할을 {file}에 저장했습니다. 다시 읽어 보니 복셀까지 같습니다.</translation>
    </message>
    <message>
        <source>DICOM segmentation saved to {file}. Read back, it differs in {count} voxels: the pictures of this series do not lie on an even grid.</source>
        <translation>DICOM 분할을 {file}에 저장했습니다. 다시 읽어 보니 복셀 {count}개가 다릅니다: 이 시리즈의 영상들이 고른 격자에 놓여 있지 않습니다.</translation>
    </message>
    <message>
        <source>Whole range (1st to 99th percentile)</source>
        <translation>전체 범위 (1~99 백분위)</translation>
    </message>
    <message>
        <source>More contrast (10th to 95th percentile)</source>
        <translation>더 강한 대비 (10~95 백분위)</translation>
    </message>
    <message>
        <source>Bright lesions (median to 99.9th percentile)</source>
        <translation>밝은 병변 (중앙값~99.9 백분위)</translation>
    </message>
    <message>
        <source>Dark tissue (up to the 70th percentile)</source>
        <translation>어두운 조직 (70 백분위까지)</translation>
    </message>
    <message>
        <source>“{folder}” and the folders in it hold no BraTS case. Choose the folder that holds the case folders.</source>
        <translation>“{folder}” 폴더와 그 안의 폴더에 BraTS 증례가 없습니다. 증례 폴더들이 있는 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” was made for other outputs than the plan's. Prepare it again with this plan.</source>
        <translation>준비된 자료 “{folder}”은(는) 이 계획과 다른 출력을 위해 만들어졌습니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” holds views of another size than the plan's. Prepare it again with this plan.</source>
        <translation>준비된 자료 “{folder}”의 영상 크기가 계획과 다릅니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” draws masks and classifies nothing. Choose a classification bundle.</source>
        <translation>번들 “{bundle}”은(는) 마스크를 그리며 분류하지 않습니다. 분류 번들을 고르십시오.</translation>
    </message>
    <message>
        <source>The network of the bundle “{bundle}” gave another number of answers than bundle.json names. Fetch the bundle again.</source>
        <translation>번들 “{bundle}”의 신경망이 bundle.json에 적힌 것과 다른 수의 답을 냈습니다. 번들을 다시 받으십시오.</translation>
    </message>
    <message>
        <source>“{case}” has {views} views, but {wanted} are needed. Check that the folder holds one run of views and nothing else.</source>
        <translation>“{case}”에는 영상이 {views}장 있지만 {wanted}장이 필요합니다. 폴더에 한 번 촬영한 영상만 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>There is no eight-view angiography in “{folder}”. A patient is a folder of eight pictures; several patients are folders beside a table (CSV) with the columns Index, Aneurysm and one per location.</source>
        <translation>“{folder}”에 영상 여덟 장의 혈관조영이 없습니다. 환자 한 명은 그림 여덟 장의 폴더이고, 여러 명은 Index, Aneurysm, 위치별 열이 있는 표(CSV) 옆의 폴더들입니다.</translation>
    </message>
    <message>
        <source>“{file}” is not a single picture. Export each view as one frame.</source>
        <translation>“{file}”은(는) 한 장의 그림이 아닙니다. 영상마다 한 프레임으로 내보내십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the table has several lines for it, and they differ. Keep the right one.</source>
        <translation>“{name}” 제외: 표에 이 이름의 줄이 여럿 있고 서로 다릅니다. 맞는 줄만 남기십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: its line in the table belongs to other pictures already. Give each patient a name of its own.</source>
        <translation>“{name}” 제외: 표의 그 줄은 이미 다른 그림의 것입니다. 환자마다 다른 이름을 쓰십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: only its number is like that of “{line}” in the table, which may be another patient. If it is the same, write “{name}” into the column Index.</source>
        <translation>“{name}” 제외: 표의 “{line}”과(와) 번호만 같아 다른 환자일 수 있습니다. 같은 환자라면 Index 열에 “{name}”을(를) 적으십시오.</translation>
    </message>
    <message>
        <source>“{folder}” holds {views} pictures, and the table “{file}” has lines for {lines} patients. Pictures whose names do not tell the patient must be eight for each line. Name the files patient_view, as 12_3.png, or put each patient into a folder.</source>
        <translation>“{folder}”에 그림이 {views}장 있고, 표 “{file}”에는 환자 {lines}명의 줄이 있습니다. 이름에 환자가 없는 그림은 줄마다 여덟 장이어야 합니다. 파일 이름을 12_3.png처럼 환자_시점으로 짓거나 환자마다 폴더에 넣으십시오.</translation>
    </message>
    <message>
        <source>The table “{file}” has no column Index, so nobody knows whose its lines are. Save it as CSV in UTF-8, separated by commas, with a column Index.</source>
        <translation>표 “{file}”에 Index 열이 없어 줄이 누구의 것인지 알 수 없습니다. Index 열을 넣고 쉼표로 구분한 UTF-8 CSV로 저장하십시오.</translation>
    </message>
    <message>
        <source>The table “{file}” is written in UTF-16, which is not read here. Save it as CSV in UTF-8, separated by commas, with a column Index.</source>
        <translation>표 “{file}”은(는) 여기서 읽지 않는 UTF-16으로 쓰여 있습니다. Index 열을 넣고 쉼표로 구분한 UTF-8 CSV로 저장하십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: its line in the table holds something other than 0, 1 or nothing.</source>
        <translation>“{name}” 제외: 표의 줄에 0, 1, 빈칸이 아닌 것이 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the table has a line for it, but there are no pictures.</source>
        <translation>“{name}” 제외: 표에는 있지만 그림이 없습니다.</translation>
    </message>
    <message>
        <source>The table “{file}” has no column “{column}”, which the plan “{plan}” learns. Add the column, or take the output out of the plan.</source>
        <translation>표 “{file}”에 계획 “{plan}”이(가) 배우는 열 “{column}”이(가) 없습니다. 열을 더하거나 계획에서 그 출력을 빼십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” has no table of what is true: no CSV in it has a column Index. Add one with the columns Index, Aneurysm and one per location.</source>
        <translation>폴더 “{folder}”에 정답 표가 없습니다. Index 열이 있는 CSV가 하나도 없습니다. Index, Aneurysm, 위치별 열이 있는 CSV를 더하십시오.</translation>
    </message>
    <message>
        <source>“{name}” was left out: it has {views} pictures where eight are needed.</source>
        <translation>“{name}”을(를) 뺐습니다: 여덟 장이 있어야 하는데 {views}장이 있습니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the table does not say whether there is an aneurysm.</source>
        <translation>“{name}” 제외: 동맥류가 있는지 표에 없습니다.</translation>
    </message>
    <message>
        <source>There is no network for eight views among the bundles in “{folder}”. Install Sulcus anew, or train one with the plan angio-aneurysm-synthetic.</source>
        <translation>“{folder}”의 번들 가운데 영상 여덟 장을 위한 신경망이 없습니다. Sulcus를 다시 설치하거나 계획 angio-aneurysm-synthetic으로 학습시키십시오.</translation>
    </message>
    <message>
        <source>None of the patients in this folder can be shown. Each needs eight views.</source>
        <translation>이 폴더의 환자는 아무도 보여 줄 수 없습니다. 환자마다 영상 여덟 장이 필요합니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: the plan keeps it aside to be measured on.</source>
        <translation>“{name}”을(를) 뺐습니다: 계획이 측정용으로 따로 둡니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: its mask runs along the border of the picture, so it covers the air around the body.</source>
        <translation>“{name}”을(를) 뺐습니다: 마스크가 그림 가장자리를 따라 있어 몸 밖의 공기를 덮습니다.</translation>
    </message>
    <message>
        <source>“{name}” was left out: its picture does not fit the plan's map to Hounsfield units. The picture as it is was taken.</source>
        <translation>“{name}”을(를) 뺐습니다: 그림이 계획의 하운스필드 단위 변환에 맞지 않습니다. 원래 그림은 사용했습니다.</translation>
    </message>
    <message>
        <source>“{folder}” holds {views} pictures, and a patient of eight-view angiography has eight. Leave exactly eight there, or choose a folder of patients’ folders with a table (CSV) that has an Index column.</source>
        <translation>“{folder}”에는 그림이 {views}장 있는데, 여덟 방향 혈관조영 환자에게는 여덟 장이 있어야 합니다. 꼭 여덟 장만 두거나, Index 열이 있는 표(CSV)와 환자 폴더들이 든 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>You may not read the folder “{folder}”. Ask for the right to, or copy it to a place of your own.</source>
        <translation>폴더 “{folder}”을(를) 읽을 권한이 없습니다. 권한을 얻거나 자신의 자리로 복사하십시오.</translation>
    </message>
    <message>
        <source>There is no plan “{plan}”, and no plan at all in “{folder}”. Give the folder of the bundles with --models, or the path of a plan file.</source>
        <translation>계획 “{plan}”이(가) 없고, “{folder}”에는 계획이 하나도 없습니다. --models로 번들 폴더를 주거나 계획 파일의 경로를 주십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” is not empty, and a demo case would be written over what it holds. Name a new folder, or add --replace.</source>
        <translation>폴더 “{folder}”가 비어 있지 않아 데모 증례가 그 안의 파일을 덮어쓰게 됩니다. 새 폴더 이름을 주거나 --replace를 붙이십시오.</translation>
    </message>
    <message>
        <source>The name of the demo case's folder is empty. Name a folder, for instance demo/SulcusDemo_0001.</source>
        <translation>데모 증례의 폴더 이름이 비어 있습니다. 예를 들어 demo/SulcusDemo_0001처럼 폴더 이름을 주십시오.</translation>
    </message>
    <message>
        <source>Lung, side unknown</source>
        <translation>폐(좌우 미상)</translation>
    </message>
    <message>
        <source>Right lung</source>
        <translation>오른쪽 폐</translation>
    </message>
    <message>
        <source>Left lung</source>
        <translation>왼쪽 폐</translation>
    </message>
    <message>
        <source>The click is not on the active label. Click on it, or let corrections take away any label.</source>
        <translation>클릭한 곳이 활성 라벨이 아닙니다. 활성 라벨을 클릭하거나, 고치기가 어떤 라벨이든 지우도록 하세요.</translation>
    </message>
    <message>
        <source>Bending the template to this brain</source>
        <translation>표준틀을 이 뇌에 맞게 휘는 중</translation>
    </message>
    <message>
        <source>Bending the template to this brain folded it, so the registration without a bend is kept.</source>
        <translation>표준틀을 이 뇌에 맞게 휘었더니 접혔으므로, 휘지 않은 정합을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Bending the template to this brain fitted no better (overlap {dice} to {bent_dice}, shared information {information} to {bent_information} bits), so the registration without a bend is kept.</source>
        <translation>표준틀을 이 뇌에 맞게 휘어도 더 잘 맞지 않아(겹침 {dice} → {bent_dice}, 공유 정보 {information} → {bent_information}비트), 휘지 않은 정합을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Bending the template to this brain did not succeed, so the registration without a bend is kept. The log says what the library reported.</source>
        <translation>표준틀을 이 뇌에 맞게 휘지 못했으므로, 휘지 않은 정합을 그대로 씁니다. 라이브러리가 알린 내용은 로그에 있습니다.</translation>
    </message>
    <message>
        <source>The network sees nothing like that here, so it cannot tell how far it would go. Paint it with the brush instead.</source>
        <translation>여기서는 신경망이 그런 것을 보지 못해 어디까지인지 알 수 없습니다. 대신 붓으로 칠하십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” is damaged. Put a backup in its place with “db restore”; the damaged file is then kept beside it under the ending .damaged.</source>
        <translation>데이터베이스 “{file}”이(가) 손상되었습니다. “db restore”로 백업을 그 자리에 놓으십시오. 그때 손상된 파일은 .damaged를 붙인 이름으로 옆에 보관됩니다.</translation>
    </message>
    <message>
        <source>The database “{file}” has {faults} faults. Put a backup in its place with “db restore”.</source>
        <translation>데이터베이스 “{file}”에 결함이 {faults}개 있습니다. “db restore”로 백업을 그 자리에 놓으십시오.</translation>
    </message>
    <message>
        <source>The backup “{file}” is damaged, so it was not restored. The database is as it was; choose another backup.</source>
        <translation>백업 “{file}”이(가) 손상되어 복원하지 않았습니다. 데이터베이스는 그대로입니다. 다른 백업을 고르십시오.</translation>
    </message>
    <message>
        <source>The file “{file}” is empty: it holds no database. Choose another file.</source>
        <translation>파일 “{file}”이(가) 비어 있어 데이터베이스가 없습니다. 다른 파일을 고르십시오.</translation>
    </message>
    <message>
        <source>The database “{file}” can only be read, so nothing was changed in it. Ask for the right to write it, or name another one.</source>
        <translation>데이터베이스 “{file}”은(는) 읽기만 할 수 있어 아무것도 바꾸지 않았습니다. 쓰기 권한을 요청하거나 다른 데이터베이스를 지정하십시오.</translation>
    </message>
    <message>
        <source>A pseudonym, a name and an onset may have {limit} characters at most. Shorten it; longer words belong in the note.</source>
        <translation>가명, 이름, 발생 시점은 {limit}자까지 쓸 수 있습니다. 줄여 쓰고, 긴 내용은 메모에 적으십시오.</translation>
    </message>
    <message>
        <source>A note may have {limit} characters at most. Shorten it.</source>
        <translation>메모는 {limit}자까지 쓸 수 있습니다. 줄여 쓰십시오.</translation>
    </message>
    <message>
        <source>Another case of the name “{case}”, or that name itself, belongs to patient {patient}. If these are images of that patient, type the pseudonym to take the patient.</source>
        <translation>이름이 “{case}”인 다른 사례 또는 그 이름 자체가 환자 {patient}에게 속합니다. 이 영상이 그 환자의 것이라면 가명을 입력하여 환자를 불러오십시오.</translation>
    </message>
    <message>
        <source>Lines that went in: {taken}; refused: {refused}, for the reasons above. Mend the refused ones and import again.</source>
        <translation>가져온 줄: {taken}, 거부된 줄: {refused}(이유는 위에 있습니다). 거부된 줄을 고쳐 다시 가져오십시오.</translation>
    </message>
    <message>
        <source>“{file}” was drawn on pictures of another place or another pixel size, so it is no mask of these images. Open the images that it belongs to.</source>
        <translation>“{file}”은(는) 다른 위치이거나 화소 크기가 다른 영상에 그린 것이어서 이 영상의 마스크가 아닙니다. 그것이 속한 영상을 여십시오.</translation>
    </message>
    <message>
        <source>The frames of “{file}” lie on no even grid of their own, so it can be read only as the mask of its images.</source>
        <translation>“{file}”의 프레임이 고른 격자를 이루지 않아, 원래 영상의 마스크로만 읽을 수 있습니다.</translation>
    </message>
    <message>
        <source>“{file}” is a DICOM segmentation, not a picture. Open the pictures it belongs to, and then read it as their mask.</source>
        <translation>“{file}”은(는) 영상이 아니라 DICOM 분할입니다. 그것이 속한 영상을 먼저 연 다음 그 마스크로 읽으십시오.</translation>
    </message>
    <message>
        <source>“{file}” is DICOM, but its compressed picture cannot be unpacked: it is damaged, or compressed in a way that Sulcus does not know. Export it uncompressed and try again.</source>
        <translation>“{file}”은(는) DICOM이지만 압축된 영상을 풀 수 없습니다. 손상되었거나 Sulcus가 모르는 방식으로 압축되었습니다. 압축하지 않고 내보낸 뒤 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>“{file}” is DICOM, but its picture cannot be read: it is damaged or of a rare form. Get a fresh copy, or export it anew.</source>
        <translation>“{file}”은(는) DICOM이지만 영상을 읽을 수 없습니다. 손상되었거나 드문 형식입니다. 새 사본을 구하거나 다시 내보내십시오.</translation>
    </message>
    <message>
        <source>The mask “{file}” holds the values {values}, which its numbering ({numbering}: {known}) does not have. Choose another mask, or say with --labels how its numbers are meant (plain takes every value as it is).</source>
        <translation>마스크 “{file}”에 값 {values}이(가) 있는데 그 번호 체계({numbering}: {known})에 없는 값입니다. 다른 마스크를 고르거나 --labels로 번호의 뜻을 알려 주십시오(plain은 모든 값을 그대로 받아들입니다).</translation>
    </message>
    <message>
        <source>No hospital of the country “{country}” is in the directory. Countries in it: {known}.</source>
        <translation>목록에 국가 “{country}”의 병원이 없습니다. 목록에 있는 국가: {known}.</translation>
    </message>
    <message>
        <source>The name of the file “{file}” is too long for this disk. Choose a shorter one.</source>
        <translation>파일 “{file}”의 이름이 이 디스크에 쓰기에 너무 깁니다. 더 짧은 이름을 고르십시오.</translation>
    </message>
    <message>
        <source>The symptom “{symptom}” is not in the knowledge tables, and none in them is like it. “sulcus-cli symptoms” lists them all.</source>
        <translation>증상 “{symptom}”은(는) 지식 표에 없고 비슷한 것도 없습니다. “sulcus-cli symptoms”로 모두 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The mask is empty: there is nothing to measure, to place or to recommend a hospital for.</source>
        <translation>마스크가 비어 있습니다. 재거나 위치를 찾거나 병원을 권할 것이 없습니다.</translation>
    </message>
    <message>
        <source>Stopped before there was a checkpoint in “{folder}”; the same command begins anew.</source>
        <translation>“{folder}”에 체크포인트가 생기기 전에 멈췄습니다. 같은 명령을 내리면 처음부터 다시 합니다.</translation>
    </message>
    <message>
        <source>Stopped. The checkpoint is in “{folder}”; the same command with --resume goes on from it.</source>
        <translation>멈췄습니다. 체크포인트는 “{folder}”에 있습니다. 같은 명령에 --resume을 붙이면 이어서 합니다.</translation>
    </message>
    <message>
        <source>“{plan}” is a plan, and no bundle of that name is shipped. Train it first (sulcus-cli train {plan} ... -o FOLDER) and name that folder.</source>
        <translation>“{plan}”은 계획이며, 그 이름의 번들은 들어 있지 않습니다. 먼저 학습하고(sulcus-cli train {plan} ... -o FOLDER) 그 폴더를 지정하십시오.</translation>
    </message>
    <message>
        <source>“{folder}” holds no metrics.csv. Name the run folder of a training (FOLDER-run).</source>
        <translation>“{folder}”에 metrics.csv가 없습니다. 학습의 실행 폴더(FOLDER-run)를 지정하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{file}” cannot be used: its field “{field}” {problem}. Fetch the bundle again, or correct the field; after a change made on purpose run sulcus-cli seal.</source>
        <translation>번들 “{file}”을 쓸 수 없습니다: 항목 “{field}” {problem}. 번들을 다시 받거나 그 항목을 바로잡으십시오. 일부러 바꾼 경우에는 sulcus-cli seal을 실행하십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” holds an earlier training. Go on with it (--resume), choose another folder, or write over it (--replace on the command line).</source>
        <translation>폴더 “{folder}”에 이전 학습이 있습니다. 이어서 하거나(--resume), 다른 폴더를 고르거나, 명령줄에서 --replace로 덮어쓰십시오.</translation>
    </message>
    <message>
        <source>The network of the bundle “{bundle}” answered with what are no numbers: its weights are damaged, or the image is none that it was made for. Fetch the bundle again, or choose another.</source>
        <translation>번들 “{bundle}”의 신경망이 수가 아닌 답을 냈습니다. 가중치가 손상되었거나, 이 신경망이 다루는 영상이 아닙니다. 번들을 다시 받거나 다른 번들을 고르십시오.</translation>
    </message>
    <message>
        <source>The weights “{file}” are damaged: “{tensor}” holds what are no numbers. Fetch or train the bundle again.</source>
        <translation>가중치 “{file}”이(가) 손상되었습니다: “{tensor}”에 수가 아닌 값이 있습니다. 번들을 다시 받거나 다시 학습하십시오.</translation>
    </message>
    <message>
        <source>The folder “{folder}” already holds a bundle, or weights. Choose another folder; on the command line --replace writes over it.</source>
        <translation>폴더 “{folder}”에 이미 번들이나 가중치가 있습니다. 다른 폴더를 고르십시오. 명령줄에서는 --replace로 덮어씁니다.</translation>
    </message>
    <message>
        <source>The weights in “{folder}” belong to another network than the plan describes: “{field}” differs. Start from a bundle that was trained from this plan, or without one.</source>
        <translation>“{folder}”의 가중치는 계획이 적은 것과 다른 신경망의 것입니다: “{field}”이(가) 다릅니다. 이 계획으로 학습한 번들에서 시작하거나, 번들 없이 시작하십시오.</translation>
    </message>
    <message>
        <source>The images for {first} and {second} are the same. Check which file is which; do not trust the mask.</source>
        <translation>{first}와(과) {second}의 영상이 같습니다. 어느 파일이 어느 것인지 확인하고, 마스크를 믿지 마십시오.</translation>
    </message>
    <message>
        <source>{count} of {views} pictures do not look like angiography: they show no thin dark vessels on a brighter ground, or large black areas as round the head in a CT or MRI slice. Do not trust the answer.</source>
        <translation>그림 {views}장 가운데 {count}장이 혈관조영처럼 보이지 않습니다: 밝은 바탕에 가늘고 어두운 혈관이 없거나, CT나 MRI 단면에서 머리 둘레가 검은 것처럼 넓은 검은 부분이 있습니다. 답을 믿지 마십시오.</translation>
    </message>
    <message>
        <source>{count} of the {views} views are copies of one another, equal in every pixel. A patient needs eight different views; do not trust the answer.</source>
        <translation>영상 {views}장 가운데 {count}장은 모든 화소가 같은, 서로 베낀 그림입니다. 환자마다 서로 다른 영상 여덟 장이 있어야 합니다. 답을 믿지 마십시오.</translation>
    </message>
    <message>
        <source>The network “{bundle}” has learned from synthetic pictures alone, and these are not marked as synthetic. It is not known how often it is right on real angiography; do not trust the answer.</source>
        <translation>신경망 “{bundle}”은(는) 합성 영상으로만 학습했는데, 이 영상에는 합성이라는 표시가 없습니다. 실제 혈관조영에서 얼마나 맞히는지는 알려져 있지 않습니다. 답을 믿지 마십시오.</translation>
    </message>
    <message>
        <source>“{name}” is now the network that segments.</source>
        <translation>이제 “{name}” 신경망으로 분할합니다.</translation>
    </message>
    <message>
        <source>“{name}” classifies and draws no masks: it can now be evaluated, not chosen to segment.</source>
        <translation>“{name}” 신경망은 분류하며 마스크를 그리지 않습니다: 평가할 수는 있지만 분할에 고를 수는 없습니다.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” was normalised otherwise than the plan says. Prepare it again with this plan.</source>
        <translation>준비된 캐시 “{folder}” 폴더는 계획과 다르게 정규화되었습니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>The prepared cache “{folder}” holds slices that were fitted to another size than the plan's, or otherwise. Prepare it again with this plan.</source>
        <translation>준비된 캐시 “{folder}” 폴더의 단면은 계획과 다른 크기나 방식으로 맞추어졌습니다. 이 계획으로 다시 준비하십시오.</translation>
    </message>
    <message>
        <source>Line {line} of “{file}” names no patient for “{name}”. Fill it in, or take the line out.</source>
        <translation>“{file}” 파일의 {line}번째 줄에 “{name}”의 환자가 없습니다. 채워 넣거나 그 줄을 지우십시오.</translation>
    </message>
    <message>
        <source>The table of patients names “{name}” and others, but no image of the data; the first image is called “{image}”. Write the names of the images into the table.</source>
        <translation>환자 표에 “{name}” 등이 있지만 자료의 영상은 하나도 없습니다. 첫 영상의 이름은 “{image}”입니다. 영상의 이름을 표에 적으십시오.</translation>
    </message>
    <message>
        <source>Nothing was left to learn from for the plan “{plan}”. The most frequent reason, by its first example: {because}</source>
        <translation>“{plan}” 계획으로 학습할 것이 남지 않았습니다. 가장 잦은 까닭의 첫 예: {because}</translation>
    </message>
    <message>
        <source>“{file}” is no folder. Name the folder that holds it.</source>
        <translation>“{file}”은(는) 폴더가 아닙니다. 그것이 들어 있는 폴더를 지정하십시오.</translation>
    </message>
    <message>
        <source>“{cache}” already holds a prepared cache, so --data would be left unread. Leave out --data to train on that cache, or name another folder with --cache.</source>
        <translation>“{cache}”에 준비된 캐시가 이미 있어 --data의 자료는 읽히지 않습니다. 그 캐시로 학습하려면 --data를 빼고, 아니면 --cache에 다른 폴더를 지정하십시오.</translation>
    </message>
    <message>
        <source>The bundle “{bundle}” classifies and draws no masks. Use it with sulcus-cli classify.</source>
        <translation>“{bundle}” 묶음은 분류만 하고 마스크를 그리지 않습니다. sulcus-cli classify로 쓰십시오.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::TrainingPanel</name>
    <message>
        <source>about %1 h %2 min</source>
        <translation>약 %1시간 %2분</translation>
    </message>
    <message>
        <source>Train a network</source>
        <translation>신경망 훈련</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Folder of data or prepared cache</source>
        <translation>데이터 폴더 또는 준비된 캐시</translation>
    </message>
    <message>
        <source>Choose a folder of data</source>
        <translation>데이터 폴더 고르기</translation>
    </message>
    <message>
        <source>Write the bundle to</source>
        <translation>번들을 쓸 곳</translation>
    </message>
    <message>
        <source>Folder of the bundle</source>
        <translation>번들 폴더</translation>
    </message>
    <message>
        <source>Choose a folder for the bundle</source>
        <translation>번들을 쓸 폴더 고르기</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작 가중치</translation>
    </message>
    <message>
        <source>Weights to start from</source>
        <translation>시작할 때의 가중치</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Fold that validates</source>
        <translation>검증에 쓰는 폴드</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>계산</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>스레드</translation>
    </message>
    <message>
        <source>Processor cores that training may use</source>
        <translation>훈련이 쓸 수 있는 프로세서 코어</translation>
    </message>
    <message>
        <source>all cores</source>
        <translation>모든 코어</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Fewer or more steps than the plan has</source>
        <translation>계획보다 적거나 많은 단계</translation>
    </message>
    <message>
        <source>as planned</source>
        <translation>계획대로</translation>
    </message>
    <message>
        <source>Epochs per picture</source>
        <translation>그림당 에포크</translation>
    </message>
    <message>
        <source>A picture of a validation slice, input, truth and prediction, after so many epochs</source>
        <translation>이 에포크 수마다 검증 단면의 그림(입력, 정답, 예측)을 남깁니다</translation>
    </message>
    <message>
        <source>never</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>What to train</source>
        <translation>훈련할 것</translation>
    </message>
    <message>
        <source>Choose a plan</source>
        <translation>계획 고르기</translation>
    </message>
    <message>
        <source>Choose a bundle</source>
        <translation>번들 고르기</translation>
    </message>
    <message>
        <source>Plans (*.json)</source>
        <translation>계획 (*.json)</translation>
    </message>
    <message>
        <source>Another plan...</source>
        <translation>다른 계획...</translation>
    </message>
    <message>
        <source>Fresh weights</source>
        <translation>새 가중치</translation>
    </message>
    <message>
        <source>Another bundle...</source>
        <translation>다른 번들...</translation>
    </message>
    <message>
        <source>The plan's own split</source>
        <translation>계획의 분할</translation>
    </message>
    <message>
        <source>All %1 folds, one after the other</source>
        <translation>폴드 %1개를 차례로 모두</translation>
    </message>
    <message>
        <source>Fold %1</source>
        <translation>폴드 %1</translation>
    </message>
    <message>
        <source>Hold nothing out</source>
        <translation>따로 떼어 놓지 않음</translation>
    </message>
    <message>
        <source>Automatic: the graphics card</source>
        <translation>자동: 그래픽 카드</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>그래픽 카드 (CUDA)</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>프로세서</translation>
    </message>
    <message>
        <source>LibTorch sees no CUDA device on this computer.</source>
        <translation>이 컴퓨터에서 LibTorch가 CUDA 장치를 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>Segments volumes</source>
        <translation>볼륨을 분할합니다</translation>
    </message>
    <message>
        <source>Segments slices</source>
        <translation>단면을 분할합니다</translation>
    </message>
    <message>
        <source>Classifies</source>
        <translation>분류합니다</translation>
    </message>
    <message>
        <source>: from %1 to %2. %3 steps, validated every %4.</source>
        <translation>: %1에서 %2. %3단계, %4단계마다 검증합니다.</translation>
    </message>
    <message>
        <source>a new folder, such as %1</source>
        <translation>새 폴더, 예: %1</translation>
    </message>
    <message>
        <source>A folder in one of the known layouts, or a cache from “sulcus-cli prepare”.</source>
        <translation>알려진 구조의 폴더 또는 “sulcus-cli prepare”로 만든 캐시입니다.</translation>
    </message>
    <message>
        <source>A prepared cache: training starts at once.</source>
        <translation>준비된 캐시입니다: 훈련이 바로 시작됩니다.</translation>
    </message>
    <message>
        <source>A folder of data: it is prepared first, beside the bundle.</source>
        <translation>데이터 폴더입니다: 먼저 번들 옆에 준비합니다.</translation>
    </message>
    <message>
        <source>Goes on with the data that was prepared for the earlier run.</source>
        <translation>이전 실행을 위해 준비한 데이터로 이어서 합니다.</translation>
    </message>
    <message>
        <source>This folder does not exist.</source>
        <translation>이 폴더는 없습니다.</translation>
    </message>
    <message>
        <source>State of the training</source>
        <translation>훈련 상태</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>알림</translation>
    </message>
    <message>
        <source>Curves of loss and score</source>
        <translation>손실과 점수 곡선</translation>
    </message>
    <message>
        <source>Figures of the last epoch</source>
        <translation>마지막 에포크의 수치</translation>
    </message>
    <message>
        <source>Input, truth and prediction of a validation slice</source>
        <translation>검증 단면의 입력, 정답, 예측</translation>
    </message>
    <message>
        <source>Cases left out</source>
        <translation>제외된 증례</translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>데이터를 준비하는 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>훈련 중</translation>
    </message>
    <message>
        <source>Validating</source>
        <translation>검증 중</translation>
    </message>
    <message>
        <source>Pausing after this step</source>
        <translation>이 단계가 끝나면 멈춥니다</translation>
    </message>
    <message>
        <source>Paused: a checkpoint has been written</source>
        <translation>일시 정지: 체크포인트를 저장했습니다</translation>
    </message>
    <message>
        <source>Stopping, keeping the best weights</source>
        <translation>가장 좋은 가중치를 남기고 끝내는 중</translation>
    </message>
    <message>
        <source>Writing the checkpoint</source>
        <translation>체크포인트를 쓰는 중</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>훈련 실패</translation>
    </message>
    <message>
        <source>Training ended</source>
        <translation>훈련 끝</translation>
    </message>
    <message>
        <source>fold %1 (of 0 to %2)</source>
        <translation>폴드 %1 (0~%2)</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>%2단계 중 %1</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>손실 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>Epoch %1: %2 in validation %3; in training %4</source>
        <translation>에포크 %1: %2 검증 %3; 훈련 %4</translation>
    </message>
    <message>
        <source>Epoch %1: %2 on whole training cases %3; in training %4. Nothing was held out, so this does not say how it does on new cases.</source>
        <translation>에포크 %1: %2 훈련 증례 전체 %3; 훈련 조각 %4. 따로 남겨 둔 증례가 없어 새 증례에서의 성능은 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>제외됨: %1</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>다이스</translation>
    </message>
    <message>
        <source>training</source>
        <translation>훈련</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>A validation slice with truth and prediction appears here.</source>
        <translation>정답과 예측을 그린 검증 단면이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>A slice of a training case with truth and prediction appears here.</source>
        <translation>정답과 예측을 그린 훈련 증례의 단면이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>training, whole cases</source>
        <translation>훈련(증례 전체)</translation>
    </message>
    <message>
        <source>Loss appears here after the first steps, %1 after the first epoch: training dashed, validation solid.</source>
        <translation>첫 단계가 끝나면 손실이, 첫 에포크가 끝나면 %1이(가) 여기에 나타납니다: 훈련은 점선, 검증은 실선입니다.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>마지막 체크포인트에서 이어 하기</translation>
    </message>
    <message>
        <source>The curve goes on where the earlier run ended</source>
        <translation>앞선 학습이 끝난 곳에서 곡선이 이어집니다</translation>
    </message>
    <message>
        <source>Weights and curve go on from the checkpoint. The number of steps is the total, earlier ones included.</source>
        <translation>가중치와 곡선은 체크포인트에서 이어집니다. 단계 수는 이전 단계를 포함한 전체입니다.</translation>
    </message>
    <message>
        <source>This folder holds an earlier run. Tick to go on with it, or choose another folder.</source>
        <translation>이 폴더에는 앞선 학습이 있습니다. 표시하면 이어서 하고, 아니면 다른 폴더를 고르십시오.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::EvaluatePanel</name>
    <message>
        <source>Evaluate a network</source>
        <translation>신경망 평가</translation>
    </message>
    <message>
        <source>Bundle to evaluate</source>
        <translation>평가할 번들</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>증례</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>척도</translation>
    </message>
    <message>
        <source>Overlap, 1 is perfect</source>
        <translation>겹침, 1이면 완전히 같음</translation>
    </message>
    <message>
        <source>Intersection over union</source>
        <translation>교집합 나누기 합집합</translation>
    </message>
    <message>
        <source>HD95, mm</source>
        <translation>HD95, mm</translation>
    </message>
    <message>
        <source>Distance of the outlines that 95 % of their points keep, 0 is perfect</source>
        <translation>윤곽 점의 95 %가 지키는 거리, 0이면 완전히 같음</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>민감도</translation>
    </message>
    <message>
        <source>Share of the truth that was found</source>
        <translation>정답 가운데 찾은 몫</translation>
    </message>
    <message>
        <source>Specificity</source>
        <translation>특이도</translation>
    </message>
    <message>
        <source>Share of the healthy voxels that were left unmarked</source>
        <translation>정상 복셀 가운데 표시하지 않은 몫</translation>
    </message>
    <message>
        <source>Mean and 95 % interval</source>
        <translation>평균과 95 % 구간</translation>
    </message>
    <message>
        <source>Cases, worst first</source>
        <translation>증례, 나쁜 순서대로</translation>
    </message>
    <message>
        <source>The case opens with %1, %2 and %3.</source>
        <translation>증례가 %1, %2, %3(으)로 열립니다.</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>false positives</source>
        <translation>위양성</translation>
    </message>
    <message>
        <source>false negatives</source>
        <translation>위음성</translation>
    </message>
    <message>
        <source>State of the evaluation</source>
        <translation>평가 상태</translation>
    </message>
    <message>
        <source>%1 % done, cases so far: %2</source>
        <translation>%1 % 진행, 지금까지 증례 %2개</translation>
    </message>
    <message>
        <source>Each case needs its truth beside its images.</source>
        <translation>증례마다 영상 옆에 정답이 있어야 합니다.</translation>
    </message>
    <message>
        <source>%1 on %2. Intervals: 2000 bootstrap draws over cases.</source>
        <translation>%1, 장치 %2. 구간: 증례를 2000번 부트스트랩으로 뽑음.</translation>
    </message>
    <message>
        <source>No cases yet. Add a case folder, or a folder that holds case folders.</source>
        <translation>아직 증례가 없습니다. 증례 폴더 또는 증례 폴더들이 든 폴더를 더하십시오.</translation>
    </message>
    <message>
        <source>Files and folders to evaluate: %1</source>
        <translation>평가할 파일과 폴더: %1개</translation>
    </message>
    <message>
        <source>Mean of %1</source>
        <translation>%1개의 평균</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>증례</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>평균</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>Synthetic pictures: no patient is shown.</source>
        <translation>합성 그림입니다: 실제 환자가 아닙니다.</translation>
    </message>
    <message>
        <source>%1 on %2. Intervals: bootstrap draws over patients. Simply taking the darkest spot of the views has an area of %3.</source>
        <translation>%1, 장치 %2. 구간: 환자에 대한 부트스트랩. 영상에서 가장 어두운 점만 쓰면 면적이 %3입니다.</translation>
    </message>
    <message>
        <source>%1 % done</source>
        <translation>%1 % 진행</translation>
    </message>
    <message>
        <source>The folder of patients needs its table (CSV) with a column Index and one for each output.</source>
        <translation>환자 폴더에 Index 열과 출력마다 한 열이 있는 표(CSV)가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Area under the ROC curve and 95 % interval</source>
        <translation>ROC 곡선 아래 면적과 95 % 구간</translation>
    </message>
    <message>
        <source>Patients, worst answer first</source>
        <translation>환자, 가장 틀린 답부터</translation>
    </message>
    <message>
        <source>%1 patients</source>
        <translation>환자 %1명</translation>
    </message>
    <message>
        <source>%1 with, %2 without</source>
        <translation>있음 %1, 없음 %2</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>yes (%1)</source>
        <translation>있음 (%1)</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>no</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Cancel the evaluation</source>
        <translation>평가 취소</translation>
    </message>
    <message>
        <source>Stopping...</source>
        <translation>멈추는 중...</translation>
    </message>
    <message>
        <source>The evaluation was stopped. The table holds the cases that were done.</source>
        <translation>평가를 멈췄습니다. 표에는 끝난 증례가 있습니다.</translation>
    </message>
    <message>
        <source>The evaluation was stopped.</source>
        <translation>평가를 멈췄습니다.</translation>
    </message>
    <message>
        <source>%1: none of the patients could be classified.</source>
        <translation>%1: 분류할 수 있는 환자가 없었습니다.</translation>
    </message>
    <message>
        <source>%1: none of the cases could be compared.</source>
        <translation>%1: 비교할 수 있는 증례가 없었습니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::LearningWindows</name>
    <message>
        <source>Train a network</source>
        <translation>신경망 훈련</translation>
    </message>
    <message>
        <source>Evaluate a network</source>
        <translation>신경망 평가</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>&amp;Train a network...</source>
        <translation>신경망 훈련(&amp;T)...</translation>
    </message>
    <message>
        <source>Plan, data and device; curves, pictures and the time left</source>
        <translation>계획, 데이터, 장치; 곡선, 그림, 남은 시간</translation>
    </message>
    <message>
        <source>&amp;Evaluate a network...</source>
        <translation>신경망 평가(&amp;E)...</translation>
    </message>
    <message>
        <source>How well a bundle does on cases with a truth</source>
        <translation>정답이 있는 증례에서 번들이 얼마나 잘하는지</translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation>훈련 시작(&amp;S)</translation>
    </message>
    <message>
        <source>Trains beside the viewer</source>
        <translation>뷰어 옆에서 훈련합니다</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>Halts after the step at hand and writes a checkpoint; press again to go on</source>
        <translation>지금 단계가 끝나면 멈추고 체크포인트를 씁니다. 다시 누르면 이어 합니다</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>진행 중인 훈련이 없습니다.</translation>
    </message>
    <message>
        <source>The training is ending.</source>
        <translation>훈련이 끝나는 중입니다.</translation>
    </message>
    <message>
        <source>S&amp;top, keep the best</source>
        <translation>끝내고 최고 남기기(&amp;T)</translation>
    </message>
    <message>
        <source>Ends after the step at hand; the best weights become the bundle, a checkpoint stays</source>
        <translation>지금 단계가 끝나면 끝냅니다. 가장 좋은 가중치가 번들이 되고 체크포인트가 남습니다</translation>
    </message>
    <message>
        <source>&amp;Use the new bundle</source>
        <translation>새 번들 쓰기(&amp;U)</translation>
    </message>
    <message>
        <source>The bundle that was trained becomes the one that segments</source>
        <translation>훈련한 번들로 분할합니다</translation>
    </message>
    <message>
        <source>There is no newly trained bundle.</source>
        <translation>새로 훈련한 번들이 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Add cases...</source>
        <translation>증례 더하기(&amp;A)...</translation>
    </message>
    <message>
        <source>A case folder, a folder that holds case folders, or angiography patients with their table</source>
        <translation>증례 폴더, 증례 폴더들이 든 폴더, 또는 표가 있는 혈관조영 환자 폴더</translation>
    </message>
    <message>
        <source>An evaluation is running.</source>
        <translation>평가가 진행 중입니다.</translation>
    </message>
    <message>
        <source>Choose a folder of cases</source>
        <translation>증례 폴더 고르기</translation>
    </message>
    <message>
        <source>&amp;Clear the cases</source>
        <translation>증례 비우기(&amp;C)</translation>
    </message>
    <message>
        <source>Empties the list and the table</source>
        <translation>목록과 표를 비웁니다</translation>
    </message>
    <message>
        <source>There are no cases.</source>
        <translation>증례가 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Run the evaluation</source>
        <translation>평가 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Segments every case and compares it with its truth</source>
        <translation>증례마다 분할하여 정답과 비교합니다</translation>
    </message>
    <message>
        <source>Add cases first.</source>
        <translation>먼저 증례를 더하십시오.</translation>
    </message>
    <message>
        <source>Choose a bundle first.</source>
        <translation>먼저 번들을 고르십시오.</translation>
    </message>
    <message>
        <source>&amp;Open the marked case</source>
        <translation>고른 증례 열기(&amp;O)</translation>
    </message>
    <message>
        <source>A case in the viewer with false positives and false negatives; a patient in the angiography view</source>
        <translation>증례는 위양성, 위음성과 함께 뷰어에서, 환자는 혈관조영 보기에서 엽니다</translation>
    </message>
    <message>
        <source>Mark a case of the table that was compared.</source>
        <translation>표에서 비교된 증례를 고르십시오.</translation>
    </message>
    <message>
        <source>Save as C&amp;SV...</source>
        <translation>CSV로 저장(&amp;S)...</translation>
    </message>
    <message>
        <source>Every case, region and measure, with the means</source>
        <translation>모든 증례, 영역, 척도와 평균</translation>
    </message>
    <message>
        <source>There is no table yet.</source>
        <translation>아직 표가 없습니다.</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>표 저장</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>학습(&amp;L)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>훈련</translation>
    </message>
    <message>
        <source>Shows the training</source>
        <translation>훈련을 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>이어 하기(&amp;G)</translation>
    </message>
    <message>
        <source>Training paused at %1</source>
        <translation>훈련 일시 정지 %1</translation>
    </message>
    <message>
        <source>Training %1, %2 left</source>
        <translation>훈련 %1, %2 남음</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>훈련 %1</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>A network is being trained</source>
        <translation>신경망을 훈련하고 있습니다</translation>
    </message>
    <message>
        <source>Training would end when Sulcus is closed.</source>
        <translation>Sulcus를 닫으면 훈련이 끝납니다.</translation>
    </message>
    <message>
        <source>The best weights so far stay in the bundle. A checkpoint stays beside them, from which the training can go on another day.</source>
        <translation>지금까지 가장 좋은 가중치가 번들에 남습니다. 그 옆에 체크포인트가 남아 다른 날 이어서 훈련할 수 있습니다.</translation>
    </message>
    <message>
        <source>Leave a checkpoint and close</source>
        <translation>체크포인트를 남기고 닫기</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>훈련 계속</translation>
    </message>
    <message>
        <source>This bundle classifies: add a folder of patients with eight views each.</source>
        <translation>이 번들은 분류합니다: 여덟 방향 영상이 있는 환자 폴더를 더하십시오.</translation>
    </message>
    <message>
        <source>This bundle segments: clear the list, then add cases with masks.</source>
        <translation>이 번들은 분할합니다: 목록을 비우고 마스크가 있는 증례를 더하십시오.</translation>
    </message>
    <message>
        <source>Mark a patient of the table.</source>
        <translation>표에서 환자를 고르십시오.</translation>
    </message>
    <message>
        <source>&amp;Go on from the last checkpoint</source>
        <translation>마지막 체크포인트에서 이어 하기(&amp;G)</translation>
    </message>
    <message>
        <source>Takes an earlier training up where it ended: same plan, same data, one curve</source>
        <translation>앞선 학습을 끝난 곳에서 이어 합니다. 같은 계획, 같은 자료, 하나의 곡선</translation>
    </message>
    <message>
        <source>The folder of the bundle has no checkpoint beside it.</source>
        <translation>번들 폴더 옆에 체크포인트가 없습니다.</translation>
    </message>
    <message>
        <source>Choose a plan.</source>
        <translation>계획을 고르십시오.</translation>
    </message>
    <message>
        <source>Start from a &amp;bundle...</source>
        <translation>번들에서 시작(&amp;B)...</translation>
    </message>
    <message>
        <source>The next training begins with the weights of a trained network</source>
        <translation>다음 학습이 학습된 신경망의 가중치로 시작합니다</translation>
    </message>
    <message>
        <source>A network is being trained.</source>
        <translation>신경망을 학습하는 중입니다.</translation>
    </message>
    <message>
        <source>The training goes on when this window is closed.</source>
        <translation>이 창을 닫아도 학습은 계속됩니다.</translation>
    </message>
    <message>
        <source>The status line of the main window shows how far it is, and brings this window back.</source>
        <translation>주 창의 상태 줄이 진행 정도를 보여 주고, 누르면 이 창이 다시 열립니다.</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>창 닫기</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>열어 두기</translation>
    </message>
    <message>
        <source>The training stays paused when this window is closed.</source>
        <translation>이 창을 닫아도 학습은 일시 정지된 채로 있습니다.</translation>
    </message>
    <message>
        <source>No case with images was found in “%1”.</source>
        <translation>“%1” 폴더에서 영상이 있는 증례를 찾지 못했습니다.</translation>
    </message>
    <message>
        <source>The cases of “%1” are in the list already.</source>
        <translation>“%1” 폴더의 증례는 이미 목록에 있습니다.</translation>
    </message>
    <message>
        <source>This is a slice of a set of arrays, which the viewer does not open.</source>
        <translation>배열 묶음의 단면이어서 뷰어에서 열 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>TrainingSession</name>
    <message>
        <source>A network is being trained.</source>
        <translation>신경망을 훈련하고 있습니다.</translation>
    </message>
    <message>
        <source>Choose a plan.</source>
        <translation>계획을 고르십시오.</translation>
    </message>
    <message>
        <source>Choose a folder of data or a prepared cache.</source>
        <translation>데이터 폴더나 준비된 캐시를 고르십시오.</translation>
    </message>
    <message>
        <source>The folder of data does not exist.</source>
        <translation>데이터 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>Choose a folder for the bundle.</source>
        <translation>번들을 쓸 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>That folder holds an earlier training: go on with it, or choose another folder.</source>
        <translation>그 폴더에는 이전 학습이 있습니다. 이어서 하거나 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>That folder holds an earlier training of one split: choose another folder for all folds.</source>
        <translation>그 폴더에는 한 분할의 이전 학습이 있습니다. 모든 폴드를 위해서는 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>That folder holds an earlier training of all folds: choose another folder.</source>
        <translation>그 폴더에는 모든 폴드의 이전 학습이 있습니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>That folder holds a bundle: choose another folder.</source>
        <translation>그 폴더에는 번들이 있습니다. 다른 폴더를 고르십시오.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>훈련</translation>
    </message>
    <message>
        <source>A network is being trained: pause the training to segment.</source>
        <translation>신경망을 훈련하고 있습니다: 분할하려면 훈련을 일시 정지하십시오.</translation>
    </message>
</context>
<context>
    <name>EvaluationSession</name>
    <message>
        <source>Evaluating</source>
        <translation>평가 중</translation>
    </message>
</context>
<context>
    <name>report</name>
    <message>
        <source>Epoch %1, %2</source>
        <translation>에포크 %1, %2</translation>
    </message>
    <message>
        <source>Dice %1</source>
        <translation>다이스 %1</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>Truth</source>
        <translation>정답</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>축상면</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>관상면</translation>
    </message>
    <message>
        <source>Sagittal, left half</source>
        <translation>시상면, 왼쪽</translation>
    </message>
    <message>
        <source>Sagittal, right half</source>
        <translation>시상면, 오른쪽</translation>
    </message>
    <message>
        <source>Regions that hold at least 10 % of the tumour</source>
        <translation>종양의 10 % 이상이 있는 부위</translation>
    </message>
    <message>
        <source>Regions that the symptoms strongly suggest</source>
        <translation>증상이 강하게 시사하는 부위</translation>
    </message>
    <message>
        <source>Regions that the symptoms weakly suggest</source>
        <translation>증상이 약하게 시사하는 부위</translation>
    </message>
    <message>
        <source>Tumour: a ball of its volume at its place in the template</source>
        <translation>종양: 표준 뇌의 제자리에 그린 같은 부피의 공</translation>
    </message>
    <message>
        <source>unnamed case</source>
        <translation>이름 없는 증례</translation>
    </message>
    <message>
        <source>SYNTHETIC</source>
        <translation>합성</translation>
    </message>
    <message>
        <source>SYNTHETIC CASE</source>
        <translation>합성 증례</translation>
    </message>
    <message>
        <source>none: the mask was given</source>
        <translation>없음: 마스크가 주어짐</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>증례</translation>
    </message>
    <message>
        <source>Patient (pseudonym)</source>
        <translation>환자 (가명)</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>신경망</translation>
    </message>
    <message>
        <source>, edited by hand</source>
        <translation>, 손으로 고침</translation>
    </message>
    <message>
        <source>Please note</source>
        <translation>참고</translation>
    </message>
    <message>
        <source>Truth (whole tumour)</source>
        <translation>정답 (전체 종양)</translation>
    </message>
    <message>
        <source>The patient's left is on the right.</source>
        <translation>환자의 왼쪽이 화면 오른쪽에 있습니다.</translation>
    </message>
    <message>
        <source>The file states no orientation: no sides are shown.</source>
        <translation>파일에 방향이 없어 좌우를 표시하지 않습니다.</translation>
    </message>
    <message>
        <source>Volumes and agreement with the truth</source>
        <translation>부피와 정답과의 일치</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>부피</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>부분</translation>
    </message>
    <message>
        <source>ml</source>
        <translation>ml</translation>
    </message>
    <message>
        <source>Truth ml</source>
        <translation>정답 ml</translation>
    </message>
    <message>
        <source>HD95 mm</source>
        <translation>HD95 mm</translation>
    </message>
    <message>
        <source>There is no mask to measure.</source>
        <translation>잴 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>A dash: not defined, one side is empty.</source>
        <translation>줄표: 한쪽이 비어 있어 정의되지 않습니다.</translation>
    </message>
    <message>
        <source>Right %1</source>
        <translation>오른쪽 %1</translation>
    </message>
    <message>
        <source>Left %1</source>
        <translation>왼쪽 %1</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>The place in the brain was not determined.</source>
        <translation>뇌 안의 위치를 정하지 못했습니다.</translation>
    </message>
    <message>
        <source>Only a hint: the brain could not be brought to the template well enough.</source>
        <translation>참고로만 보십시오: 뇌를 표준 뇌에 충분히 맞추지 못했습니다.</translation>
    </message>
    <message>
        <source>%1 of the tumour</source>
        <translation>종양의 %1</translation>
    </message>
    <message>
        <source>Crosses the midline.</source>
        <translation>정중선을 넘습니다.</translation>
    </message>
    <message>
        <source>Does not cross the midline.</source>
        <translation>정중선을 넘지 않습니다.</translation>
    </message>
    <message>
        <source>Hardly crosses the midline (under 5 %).</source>
        <translation>정중선을 거의 넘지 않습니다(5 % 미만).</translation>
    </message>
    <message>
        <source>hardly</source>
        <translation>거의 아님</translation>
    </message>
    <message>
        <source>Symptoms entered</source>
        <translation>입력한 증상</translation>
    </message>
    <message>
        <source>Symptoms are compared with places in the brain only.</source>
        <translation>증상은 뇌의 위치하고만 비교합니다.</translation>
    </message>
    <message>
        <source>approximate</source>
        <translation>근사</translation>
    </message>
    <message>
        <source> (approximate)</source>
        <translation> (근사)</translation>
    </message>
    <message>
        <source>Of this, %1 lies beyond the edge of the atlas' brain and is counted to the nearest region.</source>
        <translation>이 가운데 %1은(는) 지도 뇌의 경계 밖에 있어 가장 가까운 부위로 셉니다.</translation>
    </message>
    <message>
        <source>The tumour is in %1 separate pieces; the largest holds %2 ml.</source>
        <translation>종양은 떨어진 %1개의 조각이며, 가장 큰 것이 %2 ml입니다.</translation>
    </message>
    <message>
        <source>Distance from the tumour</source>
        <translation>종양으로부터의 거리</translation>
    </message>
    <message>
        <source>touched</source>
        <translation>닿음</translation>
    </message>
    <message>
        <source>Place by the fixed transform of the image's space (%1) to the template</source>
        <translation>영상 공간(%1)에서 표준 뇌로 가는 고정된 변환으로 정한 위치</translation>
    </message>
    <message>
        <source>Place by registering this brain to the template</source>
        <translation>이 뇌를 표준 뇌에 정합하여 정한 위치</translation>
    </message>
    <message>
        <source>Place by registering this brain to the template and bending that to it</source>
        <translation>이 뇌를 표준 뇌에 정합하고 표준 뇌를 휘어 맞추어 정한 위치</translation>
    </message>
    <message>
        <source>Method: %1</source>
        <translation>방법: %1</translation>
    </message>
    <message>
        <source>; the brains overlap with Dice %1</source>
        <translation>; 두 뇌의 겹침 Dice %1</translation>
    </message>
    <message>
        <source>: reliable.</source>
        <translation>: 믿을 만합니다.</translation>
    </message>
    <message>
        <source>: not reliable.</source>
        <translation>: 믿을 만하지 않습니다.</translation>
    </message>
    <message>
        <source>The brain from three sides</source>
        <translation>세 방향에서 본 뇌</translation>
    </message>
    <message>
        <source>Symptoms were entered, but they could not be compared with the place, since the place is not known.</source>
        <translation>증상을 입력했으나 위치를 몰라 견줄 수 없었습니다.</translation>
    </message>
    <message>
        <source>Place against symptoms</source>
        <translation>위치와 증상의 대조</translation>
    </message>
    <message>
        <source>%1 more reasons stand with the evidence below.</source>
        <translation>나머지 이유 %1개는 아래 근거에 있습니다.</translation>
    </message>
    <message>
        <source>Not explained by this place:  </source>
        <translation>이 위치로 설명되지 않음:  </translation>
    </message>
    <message>
        <source>Expected here, not entered:  </source>
        <translation>여기서 예상되나 입력되지 않음:  </translation>
    </message>
    <message>
        <source>Further reasons</source>
        <translation>그 밖의 이유</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>위치 없음</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>textbook</source>
        <translation>교과서</translation>
    </message>
    <message>
        <source>Symptoms</source>
        <translation>증상</translation>
    </message>
    <message>
        <source>No symptoms were entered, so the place is not compared with any.</source>
        <translation>입력된 증상이 없어 위치와 견주지 않았습니다.</translation>
    </message>
    <message>
        <source>Symptom</source>
        <translation>증상</translation>
    </message>
    <message>
        <source>Its side</source>
        <translation>증상의 쪽</translation>
    </message>
    <message>
        <source>Points to</source>
        <translation>가리키는 곳</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>세기</translation>
    </message>
    <message>
        <source>In the tumour</source>
        <translation>종양 안</translation>
    </message>
    <message>
        <source>Sources, note</source>
        <translation>출처, 참고</translation>
    </message>
    <message>
        <source>other side</source>
        <translation>반대쪽</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Symptoms entered and what they point to</source>
        <translation>입력한 증상과 그것이 가리키는 곳</translation>
    </message>
    <message>
        <source>Strength: one to three dots, this program's reading of the sources, not published numbers.</source>
        <translation>세기: 점 한 개에서 세 개. 출처를 이 프로그램이 읽은 것이며 발표된 수치가 아닙니다.</translation>
    </message>
    <message>
        <source> (unverified)</source>
        <translation> (확인되지 않음)</translation>
    </message>
    <message>
        <source>Hospital</source>
        <translation>병원</translation>
    </message>
    <message>
        <source>City</source>
        <translation>도시</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>Departments that fit</source>
        <translation>맞는 진료과</translation>
    </message>
    <message>
        <source>distances from %1</source>
        <translation>%1에서의 거리</translation>
    </message>
    <message>
        <source>Hospitals: examples to verify</source>
        <translation>병원: 확인이 필요한 예</translation>
    </message>
    <message>
        <source>A tick: the department was seen on a page of the hospital. Unverified: general knowledge. Check with the hospital before relying on either.</source>
        <translation>체크 표시: 병원 누리집에서 진료과를 확인했습니다. 확인되지 않음: 일반 지식입니다. 믿기 전에 병원에 확인하십시오.</translation>
    </message>
    <message>
        <source>Bear in mind</source>
        <translation>유의할 점</translation>
    </message>
    <message>
        <source>How this was made</source>
        <translation>만들어진 과정</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>프로그램</translation>
    </message>
    <message>
        <source>Network bundle</source>
        <translation>신경망 번들</translation>
    </message>
    <message>
        <source>none: the mask was given, not made here</source>
        <translation>없음: 마스크는 주어졌고 여기서 만들지 않았습니다</translation>
    </message>
    <message>
        <source>Weights (SHA-256)</source>
        <translation>가중치 (SHA-256)</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>the mask was edited by hand</source>
        <translation>마스크를 손으로 고쳤습니다</translation>
    </message>
    <message>
        <source>the mask was not edited</source>
        <translation>마스크를 고치지 않았습니다</translation>
    </message>
    <message>
        <source>not known: the mask was read from a file</source>
        <translation>알 수 없음: 마스크를 파일에서 읽었습니다</translation>
    </message>
    <message>
        <source>Label numbers</source>
        <translation>라벨 번호</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>격자</translation>
    </message>
    <message>
        <source>%1 x %2 x %3 voxels of %4 x %5 x %6 mm</source>
        <translation>%1 x %2 x %3 복셀, 각 %4 x %5 x %6 mm</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>synthetic: computed, no person's images</source>
        <translation>합성: 계산한 것이며 사람의 영상이 아닙니다</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>%2쪽 중 %1쪽</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>시상면</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>영상</translation>
    </message>
    <message>
        <source>Whole tumour (WT)</source>
        <translation>전체 종양 (WT)</translation>
    </message>
    <message>
        <source>Tumour core (TC)</source>
        <translation>종양 핵심부 (TC)</translation>
    </message>
    <message>
        <source>Enhancing tumour (ET)</source>
        <translation>조영 증강 종양 (ET)</translation>
    </message>
    <message>
        <source>Whole mask</source>
        <translation>마스크 전체</translation>
    </message>
    <message>
        <source>Label %1</source>
        <translation>라벨 %1</translation>
    </message>
    <message>
        <source>Brain tumour</source>
        <translation>뇌종양</translation>
    </message>
    <message>
        <source>Lung lesion</source>
        <translation>폐 병변</translation>
    </message>
    <message>
        <source>Liver lesion</source>
        <translation>간 병변</translation>
    </message>
    <message>
        <source>Aneurysm</source>
        <translation>동맥류</translation>
    </message>
    <message>
        <source>right-handed</source>
        <translation>오른손잡이</translation>
    </message>
    <message>
        <source>left-handed</source>
        <translation>왼손잡이</translation>
    </message>
    <message>
        <source>handedness not known (counted as right-handed)</source>
        <translation>손잡이 모름 (오른손잡이로 셈)</translation>
    </message>
    <message>
        <source>training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>겹침</translation>
    </message>
    <message>
        <source>Squared error</source>
        <translation>제곱 오차</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>학습률</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>스텝</translation>
    </message>
    <message>
        <source>best mean validation score %1 at %2 %3</source>
        <translation>최고 평균 검증 점수 %1, %2 %3</translation>
    </message>
    <message>
        <source>Education and research only. Not for diagnosis.</source>
        <translation>교육과 연구에만 씁니다. 진단에 쓰지 마십시오.</translation>
    </message>
    <message>
        <source>Brain tumour segmentation</source>
        <translation>뇌종양 분할</translation>
    </message>
    <message>
        <source>Lung segmentation</source>
        <translation>폐 분할</translation>
    </message>
    <message>
        <source>Liver segmentation</source>
        <translation>간 분할</translation>
    </message>
    <message>
        <source>Vessel segmentation</source>
        <translation>혈관 분할</translation>
    </message>
    <message>
        <source>Segmentation report</source>
        <translation>분할 보고서</translation>
    </message>
    <message>
        <source>+ %1 more (all are in the JSON file beside this report)</source>
        <translation>+ %1개 더 (모두 이 보고서 옆의 JSON 파일에 있음)</translation>
    </message>
    <message>
        <source>Single image</source>
        <translation>한 장의 영상</translation>
    </message>
    <message>
        <source>%1 · slice %2 of %3</source>
        <translation>%1 · %3장 중 %2번째</translation>
    </message>
    <message>
        <source>%1 of all voxels agree, background included.</source>
        <translation>배경을 포함한 모든 복셀의 %1이(가) 일치합니다.</translation>
    </message>
    <message>
        <source>The network outlines the organ and looks for no lesion in it: the list is for one that somebody else has found.</source>
        <translation>신경망은 장기의 윤곽만 그리고 병변을 찾지 않습니다. 이 목록은 다른 사람이 찾은 병변을 위한 것입니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::BrainExplorer</name>
    <message>
        <source>Brain and symptoms</source>
        <translation>뇌와 증상</translation>
    </message>
    <message>
        <source>Tick symptoms on the right: regions light up. Click the brain: the symptoms.</source>
        <translation>오른쪽에서 증상을 표시하면 부위가 밝아집니다. 뇌를 누르면 그곳의 증상을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Opens the page of a region</source>
        <translation>부위의 설명을 엽니다</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>부위</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Close the brain</source>
        <translation>뇌 화면 닫기</translation>
    </message>
    <message>
        <source>Brain with the regions that the symptoms suggest</source>
        <translation>증상이 가리키는 부위를 보여 주는 뇌</translation>
    </message>
    <message>
        <source>Front</source>
        <translation>앞</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>왼쪽</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>오른쪽</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>위</translation>
    </message>
    <message>
        <source>Look from: %1</source>
        <translation>보는 방향: %1</translation>
    </message>
    <message>
        <source>About the region</source>
        <translation>부위 설명</translation>
    </message>
    <message>
        <source>Strengths are this program's reading of its sources. %1.</source>
        <translation>연결의 세기는 이 프로그램이 출처를 읽고 정한 것입니다. %1.</translation>
    </message>
    <message>
        <source>All regions</source>
        <translation>모든 부위</translation>
    </message>
    <message>
        <source>Building the brain</source>
        <translation>뇌를 만드는 중</translation>
    </message>
    <message>
        <source>strongly suggested</source>
        <translation>강하게 시사됨</translation>
    </message>
    <message>
        <source>weakly suggested</source>
        <translation>약하게 시사됨</translation>
    </message>
    <message>
        <source>holds the mask</source>
        <translation>마스크가 있는 곳</translation>
    </message>
    <message>
        <source>both</source>
        <translation>둘 다</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>고른 부위</translation>
    </message>
    <message>
        <source>The brain is being built from the atlas...</source>
        <translation>아틀라스에서 뇌를 만들고 있습니다...</translation>
    </message>
    <message>
        <source>Building the brain was stopped.</source>
        <translation>뇌를 만드는 일이 멈추었습니다.</translation>
    </message>
    <message>
        <source>Build it again</source>
        <translation>다시 만들기</translation>
    </message>
    <message>
        <source>Strongly suggested:</source>
        <translation>강하게 시사됨:</translation>
    </message>
    <message>
        <source>Weakly:</source>
        <translation>약하게:</translation>
    </message>
    <message>
        <source>No symptom is ticked that points to a region.</source>
        <translation>부위를 가리키는 증상이 표시되지 않았습니다.</translation>
    </message>
    <message>
        <source>(an approximate box: the atlas has no label for it)</source>
        <translation>(대략의 상자: 아틀라스에 이름표가 없음)</translation>
    </message>
    <message>
        <source>Does:</source>
        <translation>하는 일:</translation>
    </message>
    <message>
        <source>Signs:</source>
        <translation>징후:</translation>
    </message>
    <message>
        <source>Tumours:</source>
        <translation>종양:</translation>
    </message>
    <message>
        <source>Symptoms that point here (click to tick):</source>
        <translation>이곳을 가리키는 증상 (누르면 표시됨):</translation>
    </message>
    <message>
        <source>Sources:</source>
        <translation>출처:</translation>
    </message>
    <message>
        <source>textbook</source>
        <translation>교과서</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::BrainPainter</name>
    <message>
        <source>Painting the brain</source>
        <translation>뇌 그림을 그리는 중</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::ClinicWindows</name>
    <message>
        <source>Findings</source>
        <translation>소견</translation>
    </message>
    <message>
        <source>The database is being opened.</source>
        <translation>데이터베이스를 여는 중입니다.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Open and &amp;check a case...</source>
        <translation>증례를 열어 끝까지 확인(&amp;C)...</translation>
    </message>
    <message>
        <source>Opens a folder, segments, takes the stored symptoms, finds place, verdict and hospitals</source>
        <translation>폴더를 열고 분할한 뒤 저장된 증상을 불러와 위치, 판정, 병원까지 찾습니다</translation>
    </message>
    <message>
        <source>&amp;Patients...</source>
        <translation>환자(&amp;P)...</translation>
    </message>
    <message>
        <source>Find, add, edit and delete patients; visits and volumes over time</source>
        <translation>환자를 찾고, 더하고, 고치고, 지웁니다. 방문과 부피의 변화도 봅니다</translation>
    </message>
    <message>
        <source>&amp;Form for the patient...</source>
        <translation>환자용 설문(&amp;F)...</translation>
    </message>
    <message>
        <source>Large plain questions in Korean or English, filled in before the visit</source>
        <translation>진료 전에 채우는 크고 쉬운 질문, 한국어 또는 영어</translation>
    </message>
    <message>
        <source>&amp;Next patient</source>
        <translation>다음 환자(&amp;N)</translation>
    </message>
    <message>
        <source>Empties pseudonym, writing hand and symptoms</source>
        <translation>가명, 글씨 쓰는 손, 증상을 비웁니다</translation>
    </message>
    <message>
        <source>The form is empty.</source>
        <translation>비어 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Brain and symptoms</source>
        <translation>뇌와 증상(&amp;B)</translation>
    </message>
    <message>
        <source>A 3-D brain in which the regions of the symptoms light up; needs no case</source>
        <translation>증상의 부위가 밝아지는 3차원 뇌. 증례가 없어도 됩니다</translation>
    </message>
    <message>
        <source>Hospital &amp;directory...</source>
        <translation>병원 목록(&amp;D)...</translation>
    </message>
    <message>
        <source>Add, edit and delete hospitals; read them from a CSV file</source>
        <translation>병원을 더하고, 고치고, 지우고, CSV 파일에서 읽습니다</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::HospitalDialog</name>
    <message>
        <source>Hospital directory</source>
        <translation>병원 목록</translation>
    </message>
    <message>
        <source>What was read from the file</source>
        <translation>파일에서 읽은 내용</translation>
    </message>
    <message>
        <source>The entries are examples to verify: ask the hospital before you send anyone.</source>
        <translation>확인이 필요한 예시입니다. 보내기 전에 병원에 문의하십시오.</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>%1에 저장했습니다</translation>
    </message>
    <message>
        <source>Find by name, city, country or department</source>
        <translation>이름, 도시, 나라, 진료과로 찾기</translation>
    </message>
    <message>
        <source>Find a hospital</source>
        <translation>병원 찾기</translation>
    </message>
    <message>
        <source>Hospitals</source>
        <translation>병원</translation>
    </message>
    <message>
        <source>Wheel zooms, drag moves, double-click shows all</source>
        <translation>휠로 확대, 끌어서 이동, 두 번 누르면 모두 보기</translation>
    </message>
    <message>
        <source>New hospital</source>
        <translation>새 병원</translation>
    </message>
    <message>
        <source>Read CSV...</source>
        <translation>CSV 읽기...</translation>
    </message>
    <message>
        <source>Read hospitals from a CSV file</source>
        <translation>CSV 파일에서 병원 읽기</translation>
    </message>
    <message>
        <source>Write CSV...</source>
        <translation>CSV 쓰기...</translation>
    </message>
    <message>
        <source>Write the directory to a CSV file</source>
        <translation>목록을 CSV 파일로 쓰기</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>영어 이름</translation>
    </message>
    <message>
        <source>Local name</source>
        <translation>현지 이름</translation>
    </message>
    <message>
        <source>City</source>
        <translation>도시</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>지역</translation>
    </message>
    <message>
        <source>Country code</source>
        <translation>나라 코드</translation>
    </message>
    <message>
        <source>two letters, e.g. KR</source>
        <translation>두 글자, 예: KR</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>웹 페이지</translation>
    </message>
    <message>
        <source>Latitude, north +</source>
        <translation>위도, 북쪽 +</translation>
    </message>
    <message>
        <source>Longitude, east +</source>
        <translation>경도, 동쪽 +</translation>
    </message>
    <message>
        <source>Tertiary hospital</source>
        <translation>상급종합병원</translation>
    </message>
    <message>
        <source>Children only</source>
        <translation>어린이만</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>진료과</translation>
    </message>
    <message>
        <source>page seen</source>
        <translation>페이지 확인함</translation>
    </message>
    <message>
        <source>A page of the hospital was seen: %1</source>
        <translation>병원의 안내 페이지를 확인함: %1</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save the hospital</source>
        <translation>병원 저장</translation>
    </message>
    <message>
        <source>As shipped</source>
        <translation>처음대로</translation>
    </message>
    <message>
        <source>Takes your changes of a shipped entry back</source>
        <translation>처음 들어 있던 항목의 수정을 되돌립니다</translation>
    </message>
    <message>
        <source>Bring the shipped entry back</source>
        <translation>처음 항목 되살리기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>A shipped entry can be brought back with “As shipped”</source>
        <translation>처음 들어 있던 항목은 “처음대로”로 되살릴 수 있습니다</translation>
    </message>
    <message>
        <source>Delete the hospital</source>
        <translation>병원 지우기</translation>
    </message>
    <message>
        <source>(yours)</source>
        <translation>(직접 입력)</translation>
    </message>
    <message>
        <source>Hospitals: %1</source>
        <translation>병원: %1</translation>
    </message>
    <message>
        <source>A new entry</source>
        <translation>새 항목</translation>
    </message>
    <message>
        <source>Added or changed by you</source>
        <translation>직접 더하거나 고친 항목</translation>
    </message>
    <message>
        <source>Shipped with the program</source>
        <translation>프로그램에 들어 있던 항목</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>지웠습니다</translation>
    </message>
    <message>
        <source>A hospital needs a name.</source>
        <translation>병원 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>표 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Added %1, changed %2, unchanged %3, refused %4.</source>
        <translation>더함 %1, 바꿈 %2, 그대로 %3, 거절함 %4.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>%1번째 줄: %2</translation>
    </message>
    <message>
        <source>Columns that were not used: %1</source>
        <translation>쓰지 않은 열: %1</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::HospitalMap</name>
    <message>
        <source>Positions of the hospitals</source>
        <translation>병원의 위치</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::PatientDialog</name>
    <message>
        <source>Patients</source>
        <translation>환자</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>Keep the patient</source>
        <translation>환자 그대로 두기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Delete the patient</source>
        <translation>환자 지우기</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Bring the patient back</source>
        <translation>환자 되살리기</translation>
    </message>
    <message>
        <source>Patients live in the database on this computer alone. Use a pseudonym, not a name.</source>
        <translation>환자 정보는 이 컴퓨터의 데이터베이스에만 있습니다. 이름 대신 가명을 쓰십시오.</translation>
    </message>
    <message>
        <source>Pseudonym or name</source>
        <translation>가명 또는 이름</translation>
    </message>
    <message>
        <source>Finds by the beginning of the pseudonym or of a name</source>
        <translation>가명이나 이름의 첫 글자들로 찾습니다</translation>
    </message>
    <message>
        <source>Find a patient</source>
        <translation>환자 찾기</translation>
    </message>
    <message>
        <source>Patients found</source>
        <translation>찾은 환자</translation>
    </message>
    <message>
        <source>New patient</source>
        <translation>새 환자</translation>
    </message>
    <message>
        <source>A code, e.g. P-017</source>
        <translation>번호, 예: P-017</translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation>가명</translation>
    </message>
    <message>
        <source>e.g. 1961</source>
        <translation>예: 1961</translation>
    </message>
    <message>
        <source>Year of birth</source>
        <translation>태어난 해</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>성별</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>말하지 않음</translation>
    </message>
    <message>
        <source>female</source>
        <translation>여성</translation>
    </message>
    <message>
        <source>male</source>
        <translation>남성</translation>
    </message>
    <message>
        <source>other</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Writing hand</source>
        <translation>글씨 쓰는 손</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>모름</translation>
    </message>
    <message>
        <source>left</source>
        <translation>왼손</translation>
    </message>
    <message>
        <source>right</source>
        <translation>오른손</translation>
    </message>
    <message>
        <source>Better left empty</source>
        <translation>비워 두는 것이 좋습니다</translation>
    </message>
    <message>
        <source>Stays in the database and is never put into a report. A pseudonym is enough.</source>
        <translation>데이터베이스에만 남고 보고서에는 들어가지 않습니다. 가명이면 충분합니다.</translation>
    </message>
    <message>
        <source>Name (better left empty)</source>
        <translation>이름 (비워 두는 것이 좋음)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save the patient</source>
        <translation>환자 저장</translation>
    </message>
    <message>
        <source>Delete...</source>
        <translation>지우기...</translation>
    </message>
    <message>
        <source>Use in the main window</source>
        <translation>주 창에서 쓰기</translation>
    </message>
    <message>
        <source>Takes this patient and the symptoms of the latest visit</source>
        <translation>이 환자와 마지막 방문의 증상을 불러옵니다</translation>
    </message>
    <message>
        <source>Use this patient in the main window</source>
        <translation>이 환자를 주 창에서 쓰기</translation>
    </message>
    <message>
        <source>Volumes over time</source>
        <translation>부피의 변화</translation>
    </message>
    <message>
        <source>Volumes of the masks over time</source>
        <translation>마스크 부피의 변화</translation>
    </message>
    <message>
        <source>Nothing measured yet. Open a case, segment it and save the patient: each examination becomes a point of this plot.</source>
        <translation>아직 잰 것이 없습니다. 증례를 열어 분할하고 환자를 저장하면 검사마다 이 그래프에 점이 하나씩 생깁니다.</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>방문</translation>
    </message>
    <message>
        <source>Visits with their symptoms</source>
        <translation>방문과 증상</translation>
    </message>
    <message>
        <source>%1 shown of %2</source>
        <translation>%2명 중 %1명</translation>
    </message>
    <message>
        <source>delete visit</source>
        <translation>방문 지우기</translation>
    </message>
    <message>
        <source>no symptoms</source>
        <translation>증상 없음</translation>
    </message>
    <message>
        <source>Cases:</source>
        <translation>증례:</translation>
    </message>
    <message>
        <source>No visit yet. Save symptoms in the main window.</source>
        <translation>아직 방문이 없습니다. 주 창에서 증상을 저장하십시오.</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>날짜</translation>
    </message>
    <message>
        <source>ml</source>
        <translation>ml</translation>
    </message>
    <message>
        <source>Give the patient a pseudonym first.</source>
        <translation>먼저 환자의 가명을 적으십시오.</translation>
    </message>
    <message>
        <source>The year of birth must lie between 1890 and this year.</source>
        <translation>출생 연도는 1890년부터 올해 사이여야 합니다.</translation>
    </message>
    <message>
        <source>visits: %1</source>
        <translation>방문 %1</translation>
    </message>
    <message>
        <source>symptoms: %1</source>
        <translation>증상 %1</translation>
    </message>
    <message>
        <source>studies: %1</source>
        <translation>검사 %1</translation>
    </message>
    <message>
        <source>measured masks: %1</source>
        <translation>잰 마스크 %1</translation>
    </message>
    <message>
        <source>verdicts: %1</source>
        <translation>판정 %1</translation>
    </message>
    <message>
        <source>reports: %1</source>
        <translation>보고서 %1</translation>
    </message>
    <message>
        <source>Delete patient %1?</source>
        <translation>환자 %1을(를) 지울까요?</translation>
    </message>
    <message>
        <source>Nothing else goes with it.</source>
        <translation>함께 지워지는 것은 없습니다.</translation>
    </message>
    <message>
        <source>This goes with it: %1.</source>
        <translation>함께 지워지는 것: %1.</translation>
    </message>
    <message>
        <source>Files on disk stay: %1.</source>
        <translation>디스크의 파일 %1개는 남습니다.</translation>
    </message>
    <message>
        <source>Patient %1 was deleted. Final in %2 s.</source>
        <translation>환자 %1을(를) 지웠습니다. %2초 뒤에 확정됩니다.</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::PatientForm</name>
    <message>
        <source>Form for the patient</source>
        <translation>환자용 설문</translation>
    </message>
    <message>
        <source>Page of the form</source>
        <translation>설문 쪽</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>이전 쪽</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>다음 쪽</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::SymptomDetailRow</name>
    <message>
        <source>More about the symptom</source>
        <translation>증상 더 적기</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>정도</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>안 적음</translation>
    </message>
    <message>
        <source>Severity not said  [0]</source>
        <translation>정도를 적지 않음  [0]</translation>
    </message>
    <message>
        <source>mild</source>
        <translation>가벼움</translation>
    </message>
    <message>
        <source>Mild  [1]</source>
        <translation>가벼움  [1]</translation>
    </message>
    <message>
        <source>moderate</source>
        <translation>중간</translation>
    </message>
    <message>
        <source>Moderate  [2]</source>
        <translation>중간  [2]</translation>
    </message>
    <message>
        <source>severe</source>
        <translation>심함</translation>
    </message>
    <message>
        <source>Severe  [3]</source>
        <translation>심함  [3]</translation>
    </message>
    <message>
        <source>Since, e.g. 2024-05 or two weeks</source>
        <translation>언제부터, 예: 2024-05, 2주 전</translation>
    </message>
    <message>
        <source>When it began: a day or free words</source>
        <translation>시작된 때: 날짜 또는 자유로운 글</translation>
    </message>
    <message>
        <source>Since when</source>
        <translation>언제부터</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Anything else about this symptom. No names.</source>
        <translation>이 증상에 대한 다른 내용. 이름은 적지 마십시오.</translation>
    </message>
    <message>
        <source>Note about the symptom</source>
        <translation>증상에 대한 메모</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>%1부터</translation>
    </message>
</context>
<context>
    <name>PatientBook</name>
    <message>
        <source>Searching patients</source>
        <translation>환자를 찾는 중</translation>
    </message>
    <message>
        <source>Reading the patient</source>
        <translation>환자를 읽는 중</translation>
    </message>
    <message>
        <source>Saving the patient</source>
        <translation>환자를 저장하는 중</translation>
    </message>
    <message>
        <source>Removing a visit</source>
        <translation>방문을 지우는 중</translation>
    </message>
    <message>
        <source>Removing the patient</source>
        <translation>환자를 지우는 중</translation>
    </message>
    <message>
        <source>Bringing the patient back</source>
        <translation>환자를 되살리는 중</translation>
    </message>
</context>
<context>
    <name>HospitalBook</name>
    <message>
        <source>Saving the hospital</source>
        <translation>병원을 저장하는 중</translation>
    </message>
    <message>
        <source>Removing the hospital</source>
        <translation>병원을 지우는 중</translation>
    </message>
    <message>
        <source>Bringing the hospital back as it came</source>
        <translation>병원을 처음대로 되돌리는 중</translation>
    </message>
    <message>
        <source>Reading hospitals from a file</source>
        <translation>파일에서 병원을 읽는 중</translation>
    </message>
    <message>
        <source>Writing the hospitals</source>
        <translation>병원을 쓰는 중</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::EditPanel</name>
    <message>
        <source>Edit the mask</source>
        <translation>마스크 편집</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>붓 크기</translation>
    </message>
    <message>
        <source>Size of the brush  [+] [-]  Shift + wheel in a view</source>
        <translation>붓 크기  [+] [-]  뷰에서 Shift + 휠</translation>
    </message>
    <message>
        <source>Diameter of the brush in mm</source>
        <translation>붓 지름 (mm)</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>mm</translation>
    </message>
    <message>
        <source>Tolerance of the flood</source>
        <translation>채우기 허용 범위</translation>
    </message>
    <message>
        <source>How much brighter or darker than the click, in the unit of the image</source>
        <translation>클릭한 곳보다 얼마나 밝거나 어두울 수 있는지, 영상의 단위로</translation>
    </message>
    <message>
        <source>Tolerance ±</source>
        <translation>허용 범위 ±</translation>
    </message>
    <message>
        <source>Reach of the flood in mm</source>
        <translation>채우기 도달 거리 (mm)</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Never farther than this from the click</source>
        <translation>클릭한 곳에서 이보다 멀리 가지 않습니다</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>도달 거리</translation>
    </message>
    <message>
        <source>Only in this slice</source>
        <translation>이 단면에서만</translation>
    </message>
    <message>
        <source>Reach of a correction in mm</source>
        <translation>수정 도달 거리 (mm)</translation>
    </message>
    <message>
        <source>Paint with</source>
        <translation>칠할 라벨</translation>
    </message>
    <message>
        <source>Intensity range</source>
        <translation>밝기 범위</translation>
    </message>
    <message>
        <source>Of the sequence on view; every sequence keeps its own range</source>
        <translation>보이는 시퀀스의 값입니다; 시퀀스마다 범위를 따로 기억합니다</translation>
    </message>
    <message>
        <source>Lower end of the range</source>
        <translation>범위의 아래 끝</translation>
    </message>
    <message>
        <source>to</source>
        <translation>~</translation>
    </message>
    <message>
        <source>Upper end of the range</source>
        <translation>범위의 위 끝</translation>
    </message>
    <message>
        <source>Change the active label</source>
        <translation>선택한 라벨 바꾸기</translation>
    </message>
    <message>
        <source>How far smoothing reaches in mm</source>
        <translation>다듬기 범위 (mm)</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>여백</translation>
    </message>
    <message>
        <source>Margin for growing and shrinking in mm</source>
        <translation>늘리고 줄일 여백 (mm)</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>조각</translation>
    </message>
    <message>
        <source>Of the whole mask</source>
        <translation>마스크 전체에서</translation>
    </message>
    <message>
        <source>Off: of the active label alone</source>
        <translation>끄면 선택한 라벨에서만</translation>
    </message>
    <message>
        <source>Islands smaller than this go</source>
        <translation>이보다 작은 섬을 없앱니다</translation>
    </message>
    <message>
        <source>ml</source>
        <translation>ml</translation>
    </message>
    <message>
        <source>All labels</source>
        <translation>모든 라벨</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Paint with %1</source>
        <translation>%1 칠하기</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>%1 잠그기</translation>
    </message>
    <message>
        <source>The eraser paints with the background.</source>
        <translation>지우개는 배경을 칠합니다.</translation>
    </message>
    <message>
        <source>Paint with %1  [ and ] step through the labels</source>
        <translation>%1 칠하기  [ 와 ] 로 라벨을 바꿉니다</translation>
    </message>
    <message>
        <source>Choose a tool. Every change can be undone.</source>
        <translation>도구를 고르십시오. 모든 변경은 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Paint stays inside the mask. Click to free the background.</source>
        <translation>마스크 안에서만 칠합니다. 클릭하면 배경의 잠금을 풉니다.</translation>
    </message>
    <message>
        <source>Lock the background: paint stays inside the mask.</source>
        <translation>배경 잠그기: 마스크 안에서만 칠합니다.</translation>
    </message>
    <message>
        <source>Locked: never overwritten. Click to free it.</source>
        <translation>잠김: 덮어쓰지 않습니다. 클릭하면 풉니다.</translation>
    </message>
    <message>
        <source>Lock: never overwrite this label.  [J] for the active one</source>
        <translation>잠그기: 이 라벨을 덮어쓰지 않습니다.  선택한 라벨은 [J]</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>Outline with %n corners</source>
        <translation>
            <numerusform>꼭짓점 %n개의 윤곽</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::EditTools</name>
    <message>
        <source>Edit the mask</source>
        <translation>마스크 편집</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>&amp;Look around</source>
        <translation>둘러보기(&amp;L)</translation>
    </message>
    <message>
        <source>The left button moves the crosshair</source>
        <translation>왼쪽 단추로 십자선을 옮깁니다</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>붓(&amp;B)</translation>
    </message>
    <message>
        <source>Paints the active label; Shift + wheel changes its size, Ctrl erases</source>
        <translation>선택한 라벨을 칠합니다; Shift + 휠로 크기를 바꾸고 Ctrl로 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>지우개(&amp;E)</translation>
    </message>
    <message>
        <source>Takes labels away; Shift + wheel changes its size, Ctrl paints</source>
        <translation>라벨을 지웁니다; Shift + 휠로 크기를 바꾸고 Ctrl로 칠합니다</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>다각형(&amp;P)</translation>
    </message>
    <message>
        <source>Click corners or draw freely; Return or a click on the first corner fills it; Ctrl erases</source>
        <translation>꼭짓점을 클릭하거나 자유롭게 그립니다; Return 또는 첫 꼭짓점 클릭으로 채우고 Ctrl로 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Flood</source>
        <translation>번져 채우기(&amp;F)</translation>
    </message>
    <message>
        <source>Click: what is joined and about as bright; drag to widen; Return or a click inside takes it</source>
        <translation>클릭: 이어져 있고 밝기가 비슷한 곳; 끌면 넓어집니다; Return 또는 안쪽 클릭으로 받아들입니다</translation>
    </message>
    <message>
        <source>&amp;Relabel a piece</source>
        <translation>조각 라벨 바꾸기(&amp;R)</translation>
    </message>
    <message>
        <source>Click a piece of the mask to give it the active label</source>
        <translation>마스크 조각을 클릭하면 선택한 라벨이 됩니다</translation>
    </message>
    <message>
        <source>Correct: &amp;tumour here</source>
        <translation>수정: 여기는 종양(&amp;T)</translation>
    </message>
    <message>
        <source>Click what the network missed: its own doubts decide how far it goes</source>
        <translation>신경망이 놓친 곳을 클릭합니다: 신경망이 망설인 정도가 범위를 정합니다</translation>
    </message>
    <message>
        <source>Correct: &amp;no tumour here</source>
        <translation>수정: 여기는 종양 아님(&amp;N)</translation>
    </message>
    <message>
        <source>Click what is no tumour: the piece, or the part that the network was unsure of, goes</source>
        <translation>종양이 아닌 곳을 클릭합니다: 조각 또는 신경망이 망설인 부분이 없어집니다</translation>
    </message>
    <message>
        <source>&amp;Distance</source>
        <translation>거리(&amp;D)</translation>
    </message>
    <message>
        <source>Drag from one end to the other</source>
        <translation>한쪽 끝에서 다른 끝으로 끕니다</translation>
    </message>
    <message>
        <source>&amp;Angle</source>
        <translation>각도(&amp;A)</translation>
    </message>
    <message>
        <source>Drag the first arm, then click the end of the second</source>
        <translation>첫 변을 끌고 둘째 변의 끝을 클릭합니다</translation>
    </message>
    <message>
        <source>&amp;Rectangle</source>
        <translation>직사각형(&amp;R)</translation>
    </message>
    <message>
        <source>Area, mean, spread and extremes inside</source>
        <translation>안쪽의 넓이, 평균, 퍼짐, 최소와 최대</translation>
    </message>
    <message>
        <source>&amp;Ellipse</source>
        <translation>타원(&amp;E)</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>There is no outline or preview to take.</source>
        <translation>받아들일 윤곽이나 미리 보기가 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Take the preview</source>
        <translation>미리 보기 받기(&amp;T)</translation>
    </message>
    <message>
        <source>Closes the polygon or paints what the preview shows</source>
        <translation>다각형을 닫거나 미리 보기대로 칠합니다</translation>
    </message>
    <message>
        <source>&amp;Drop the preview</source>
        <translation>미리 보기 버리기(&amp;D)</translation>
    </message>
    <message>
        <source>Takes the last corner back, or gives the preview up; Esc gives all of it up</source>
        <translation>마지막 꼭짓점을 물리거나 미리 보기를 버립니다; Esc는 모두 버립니다</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>붓 크게</translation>
    </message>
    <message>
        <source>Shift + wheel does the same</source>
        <translation>Shift + 휠도 같습니다</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>붓 작게</translation>
    </message>
    <message>
        <source>Brush as a &amp;ball</source>
        <translation>공 모양 붓(&amp;B)</translation>
    </message>
    <message>
        <source>Paints in neighbouring slices too; off: a disk in one slice</source>
        <translation>이웃 단면에도 칠합니다; 끄면 한 단면의 원</translation>
    </message>
    <message>
        <source>Paint only inside the &amp;range</source>
        <translation>범위 안에서만 칠하기(&amp;R)</translation>
    </message>
    <message>
        <source>Brush, eraser, polygon and flood leave other intensities alone</source>
        <translation>붓, 지우개, 다각형, 번져 채우기가 다른 밝기를 건드리지 않습니다</translation>
    </message>
    <message>
        <source>Next &amp;label</source>
        <translation>다음 라벨(&amp;L)</translation>
    </message>
    <message>
        <source>The label that the tools paint</source>
        <translation>도구가 칠하는 라벨</translation>
    </message>
    <message>
        <source>Previous label</source>
        <translation>이전 라벨</translation>
    </message>
    <message>
        <source>Loc&amp;k the active label</source>
        <translation>선택한 라벨 잠그기(&amp;K)</translation>
    </message>
    <message>
        <source>A locked label is never overwritten</source>
        <translation>잠긴 라벨은 덮어쓰지 않습니다</translation>
    </message>
    <message>
        <source>Fill the &amp;range</source>
        <translation>범위 채우기(&amp;R)</translation>
    </message>
    <message>
        <source>A preview of every voxel inside the range; Return takes it</source>
        <translation>범위 안의 모든 복셀을 미리 봅니다; Return으로 받아들입니다</translation>
    </message>
    <message>
        <source>Fill &amp;between slices</source>
        <translation>단면 사이 채우기(&amp;B)</translation>
    </message>
    <message>
        <source>Blends the drawn slices of the active label, across the view that was clicked last</source>
        <translation>마지막으로 클릭한 뷰를 따라 선택한 라벨이 그려진 단면 사이를 잇습니다</translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation>구멍 채우기(&amp;H)</translation>
    </message>
    <message>
        <source>Cavities inside the active label</source>
        <translation>선택한 라벨 안의 빈 곳</translation>
    </message>
    <message>
        <source>Keep the &amp;largest piece</source>
        <translation>가장 큰 조각만 남기기(&amp;L)</translation>
    </message>
    <message>
        <source>Every other piece goes</source>
        <translation>다른 조각은 모두 없어집니다</translation>
    </message>
    <message>
        <source>Remove &amp;islands</source>
        <translation>섬 없애기(&amp;I)</translation>
    </message>
    <message>
        <source>Pieces smaller than the volume given</source>
        <translation>정한 부피보다 작은 조각</translation>
    </message>
    <message>
        <source>&amp;Smooth</source>
        <translation>다듬기(&amp;S)</translation>
    </message>
    <message>
        <source>Rounds the outline of the active label off</source>
        <translation>선택한 라벨의 윤곽을 둥글게 합니다</translation>
    </message>
    <message>
        <source>&amp;Grow</source>
        <translation>늘리기(&amp;G)</translation>
    </message>
    <message>
        <source>Adds a margin round the active label</source>
        <translation>선택한 라벨 둘레에 여백을 더합니다</translation>
    </message>
    <message>
        <source>Sh&amp;rink</source>
        <translation>줄이기(&amp;R)</translation>
    </message>
    <message>
        <source>Takes a margin off the active label</source>
        <translation>선택한 라벨에서 여백을 뺍니다</translation>
    </message>
    <message>
        <source>Grow from see&amp;ds</source>
        <translation>씨앗에서 키우기(&amp;D)</translation>
    </message>
    <message>
        <source>Paint a little of every label and, with one more, of what is outside: all grow until they meet</source>
        <translation>라벨마다 조금씩 칠하고 바깥도 다른 라벨로 칠합니다: 서로 만날 때까지 자랍니다</translation>
    </message>
    <message>
        <source>&amp;Erase the label</source>
        <translation>라벨 지우기(&amp;E)</translation>
    </message>
    <message>
        <source>Takes the active label away everywhere</source>
        <translation>선택한 라벨을 모든 곳에서 지웁니다</translation>
    </message>
    <message>
        <source>&amp;Copy labels...</source>
        <translation>라벨 복사(&amp;C)...</translation>
    </message>
    <message>
        <source>Takes chosen labels from the truth or from the network's last answer</source>
        <translation>정답이나 신경망의 마지막 답에서 고른 라벨을 가져옵니다</translation>
    </message>
    <message>
        <source>This case has no truth, and no network has run on it.</source>
        <translation>이 증례에는 정답이 없고 신경망도 돌리지 않았습니다.</translation>
    </message>
    <message>
        <source>The mask has no pieces.</source>
        <translation>마스크에 조각이 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Next piece</source>
        <translation>다음 조각(&amp;N)</translation>
    </message>
    <message>
        <source>The cursor goes to the next smaller piece of the mask</source>
        <translation>커서가 다음으로 작은 조각으로 갑니다</translation>
    </message>
    <message>
        <source>&amp;Previous piece</source>
        <translation>이전 조각(&amp;P)</translation>
    </message>
    <message>
        <source>The cursor goes to the next larger piece of the mask</source>
        <translation>커서가 다음으로 큰 조각으로 갑니다</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>아직 측정한 것이 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Remove the last measurement</source>
        <translation>마지막 측정 지우기(&amp;R)</translation>
    </message>
    <message>
        <source>Line, angle or region drawn last</source>
        <translation>마지막에 그린 선, 각도, 영역</translation>
    </message>
    <message>
        <source>Remove &amp;all measurements</source>
        <translation>측정 모두 지우기(&amp;A)</translation>
    </message>
    <message>
        <source>Lines, angles and regions</source>
        <translation>선, 각도, 영역</translation>
    </message>
    <message>
        <source>Take away only the active &amp;label</source>
        <translation>활성 라벨만 지우기(&amp;L)</translation>
    </message>
    <message>
        <source>“No tumour here” then means “not this label”: the voxels become what the network saw there besides it; off: whatever lies under the click goes</source>
        <translation>“여기는 종양 아님”이 “이 라벨 아님”을 뜻합니다: 복셀은 신경망이 그곳에서 그 밖에 본 것으로 바뀝니다. 끄면 클릭한 곳의 것이 무엇이든 지워집니다</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::Exports</name>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>There is no mask yet: segment the case first.</source>
        <translation>아직 마스크가 없습니다: 먼저 분할하십시오.</translation>
    </message>
    <message>
        <source>Export s&amp;urfaces...</source>
        <translation>표면 내보내기(&amp;U)...</translation>
    </message>
    <message>
        <source>The smoothed surface of every label as STL or PLY, in mm</source>
        <translation>라벨마다 다듬은 표면을 STL 또는 PLY로, mm 단위</translation>
    </message>
    <message>
        <source>Export a &amp;DICOM segmentation...</source>
        <translation>DICOM 분할 내보내기(&amp;D)...</translation>
    </message>
    <message>
        <source>A segmentation object that refers to the pictures of this case</source>
        <translation>이 증례의 영상을 가리키는 분할 객체</translation>
    </message>
    <message>
        <source>This case did not come from DICOM pictures.</source>
        <translation>이 증례는 DICOM 영상에서 오지 않았습니다.</translation>
    </message>
    <message>
        <source>Save all s&amp;lices as pictures...</source>
        <translation>모든 단면을 그림으로 저장(&amp;L)...</translation>
    </message>
    <message>
        <source>Every slice of the view that was clicked last, as it is shown, as PNG</source>
        <translation>마지막으로 클릭한 뷰의 모든 단면을 보이는 대로 PNG로</translation>
    </message>
    <message>
        <source>Save a picture of &amp;one view...</source>
        <translation>뷰 하나의 그림 저장(&amp;O)...</translation>
    </message>
    <message>
        <source>The view that was clicked last, as PNG</source>
        <translation>마지막으로 클릭한 뷰를 PNG로</translation>
    </message>
    <message>
        <source>Writing surfaces</source>
        <translation>표면을 쓰는 중</translation>
    </message>
    <message>
        <source>Writing the segmentation</source>
        <translation>분할을 쓰는 중</translation>
    </message>
    <message>
        <source>Saving slices</source>
        <translation>단면을 저장하는 중</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::LabelChoice</name>
    <message>
        <source>Choose labels</source>
        <translation>라벨 고르기</translation>
    </message>
    <message>
        <source>The network has answered</source>
        <translation>신경망이 답했습니다</translation>
    </message>
    <message>
        <source>Copy labels</source>
        <translation>라벨 복사</translation>
    </message>
    <message>
        <source>The mask holds work by hand, so it was left as it is. Which labels of the network do you want?</source>
        <translation>마스크에 손으로 한 작업이 있어 그대로 두었습니다. 신경망의 어느 라벨을 가져올까요?</translation>
    </message>
    <message>
        <source>Copy from</source>
        <translation>복사할 곳</translation>
    </message>
    <message>
        <source>From the truth</source>
        <translation>정답에서</translation>
    </message>
    <message>
        <source>From the network's last answer</source>
        <translation>신경망의 마지막 답에서</translation>
    </message>
    <message>
        <source>This label is locked.</source>
        <translation>이 라벨은 잠겨 있습니다.</translation>
    </message>
    <message>
        <source>Locked labels keep their voxels. The step can be undone.</source>
        <translation>잠긴 라벨은 그대로입니다. 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Take these labels</source>
        <translation>이 라벨 가져오기</translation>
    </message>
    <message>
        <source>Keep my mask</source>
        <translation>내 마스크 유지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Copy labels of the network</source>
        <translation>신경망의 라벨 복사</translation>
    </message>
    <message>
        <source>Copy labels of the truth</source>
        <translation>정답의 라벨 복사</translation>
    </message>
</context>
<context>
    <name>sulcus::widgets::MeasurePanel</name>
    <message>
        <source>Measure</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>Measure by hand</source>
        <translation>직접 측정</translation>
    </message>
    <message>
        <source>Choose a tool and drag in a view. Delete takes the last one away.</source>
        <translation>도구를 고르고 뷰에서 끄십시오. Delete는 마지막 것을 지웁니다.</translation>
    </message>
    <message>
        <source>Measurements</source>
        <translation>측정값</translation>
    </message>
    <message>
        <source>A click goes to the slice that it was drawn on.</source>
        <translation>클릭하면 그린 단면으로 갑니다.</translation>
    </message>
    <message>
        <source>Pieces of the mask</source>
        <translation>마스크의 조각</translation>
    </message>
    <message>
        <source>Region whose pieces are listed</source>
        <translation>조각을 볼 영역</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>번호</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>부피</translation>
    </message>
    <message>
        <source>Diameters</source>
        <translation>지름</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>곱</translation>
    </message>
    <message>
        <source>Volume in ml</source>
        <translation>부피 (ml)</translation>
    </message>
    <message>
        <source>Longest diameter on any slice and, across it on that slice, the longest perpendicular one, in mm</source>
        <translation>어느 단면에서든 가장 긴 지름과 그 단면에서 수직인 가장 긴 지름 (mm)</translation>
    </message>
    <message>
        <source>Product of the two diameters in mm² (bidimensional measure)</source>
        <translation>두 지름의 곱 (mm², 이차원 측정값)</translation>
    </message>
    <message>
        <source>A click goes to the slice with the longest diameter.  [.] next  [,] previous</source>
        <translation>클릭하면 가장 긴 지름의 단면으로 갑니다.  [.] 다음  [,] 이전</translation>
    </message>
    <message>
        <source>Piece %1: %2, %3 × %4 mm, product %5 mm², longest through space %6 mm</source>
        <translation>조각 %1: %2, %3 × %4 mm, 곱 %5 mm², 공간에서 가장 긴 길이 %6 mm</translation>
    </message>
    <message>
        <source>No pieces: there is no mask, or this region is not in it.</source>
        <translation>조각 없음: 마스크가 없거나 이 영역이 없습니다.</translation>
    </message>
    <message>
        <source>The %1 largest of %2; ml, mm and mm²</source>
        <translation>%2개 중 큰 %1개; ml, mm, mm²</translation>
    </message>
    <message>
        <source>ml, mm and mm²; largest first</source>
        <translation>ml, mm, mm²; 큰 것부터</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>Angle</source>
        <translation>각도</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>직사각형</translation>
    </message>
    <message>
        <source>Ellipse</source>
        <translation>타원</translation>
    </message>
</context>
<context>
    <name>sulcus::session::MaskEditor</name>
    <message>
        <source>Open a case first.</source>
        <translation>먼저 증례를 여십시오.</translation>
    </message>
    <message>
        <source>There is no mask yet: segment the case or paint one.</source>
        <translation>아직 마스크가 없습니다: 분할하거나 칠하십시오.</translation>
    </message>
    <message>
        <source>This case is too large to keep what the network was unsure of.</source>
        <translation>증례가 너무 커서 신경망의 확률을 남겨 두지 못했습니다.</translation>
    </message>
    <message>
        <source>Segment the case first: corrections use what the network was unsure of.</source>
        <translation>먼저 분할하십시오: 수정은 신경망이 망설인 정도를 씁니다.</translation>
    </message>
    <message>
        <source>Another change is being computed.</source>
        <translation>다른 변경을 계산하는 중입니다.</translation>
    </message>
    <message>
        <source>Nothing has the active label yet (%1).</source>
        <translation>아직 선택한 라벨이 없습니다 (%1).</translation>
    </message>
    <message>
        <source>background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>label %1</source>
        <translation>라벨 %1</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Paint %1</source>
        <translation>%1 칠하기</translation>
    </message>
    <message>
        <source>Erase polygon</source>
        <translation>다각형 지우기</translation>
    </message>
    <message>
        <source>Polygon %1</source>
        <translation>다각형 %1</translation>
    </message>
    <message>
        <source>Relabel as %1</source>
        <translation>%1(으)로 라벨 바꾸기</translation>
    </message>
    <message>
        <source>Correct: not tumour</source>
        <translation>수정: 종양 아님</translation>
    </message>
    <message>
        <source>Correct: tumour</source>
        <translation>수정: 종양</translation>
    </message>
    <message>
        <source>Correct: %1</source>
        <translation>수정: %1</translation>
    </message>
    <message>
        <source>Flooding</source>
        <translation>번져 채우는 중</translation>
    </message>
    <message>
        <source>Flood %1</source>
        <translation>번져 채우기 %1</translation>
    </message>
    <message>
        <source>Looking for the range</source>
        <translation>범위를 찾는 중</translation>
    </message>
    <message>
        <source>Fill range with %1</source>
        <translation>범위를 %1(으)로 채우기</translation>
    </message>
    <message>
        <source>Fill between slices: %1</source>
        <translation>단면 사이 채우기: %1</translation>
    </message>
    <message>
        <source>Smooth %1</source>
        <translation>%1 다듬기</translation>
    </message>
    <message>
        <source>Fill holes of %1</source>
        <translation>%1 구멍 채우기</translation>
    </message>
    <message>
        <source>Keep the largest piece</source>
        <translation>가장 큰 조각만 남기기</translation>
    </message>
    <message>
        <source>Keep the largest piece of %1</source>
        <translation>%1의 가장 큰 조각만 남기기</translation>
    </message>
    <message>
        <source>Remove islands</source>
        <translation>섬 없애기</translation>
    </message>
    <message>
        <source>Grow %1</source>
        <translation>%1 늘리기</translation>
    </message>
    <message>
        <source>Shrink %1</source>
        <translation>%1 줄이기</translation>
    </message>
    <message>
        <source>Grow from seeds</source>
        <translation>씨앗에서 키우기</translation>
    </message>
    <message>
        <source>Erase %1</source>
        <translation>%1 지우기</translation>
    </message>
    <message>
        <source>Correct: not %1</source>
        <translation>수정: %1 아님</translation>
    </message>
</context>
<context>
    <name>sulcus::session::Autosave</name>
    <message>
        <source>Keeping a copy of the edits</source>
        <translation>편집 사본을 남기는 중</translation>
    </message>
    <message>
        <source>Restoring the edits</source>
        <translation>편집을 복원하는 중</translation>
    </message>
    <message>
        <source>Restore edits</source>
        <translation>편집 복원</translation>
    </message>
</context>
<context>
    <name>sulcus::session::Measurements</name>
    <message>
        <source>Measuring diameters</source>
        <translation>지름을 재는 중</translation>
    </message>
</context>
</TS>
